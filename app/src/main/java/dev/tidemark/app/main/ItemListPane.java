package dev.tidemark.app.main;

import dev.tidemark.app.detail.ListDot;
import dev.tidemark.app.fx.CellsAlong;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.OneLine;
import dev.tidemark.app.fx.WhenSeen;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.quickadd.QuickAddBar;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The middle of the window: the view's name, quick add, and the list. */
final class ItemListPane extends BorderPane {
    private static final PseudoClass SCROLLED = PseudoClass.getPseudoClass("scrolled");

    private final ItemListViewModel model;
    private final Function<ItemView, String> names;
    private final ListHeader header;
    private final QuickAddBar add;
    private final SearchBar search;
    private final ListView<ItemRow> list = new ListView<>();
    private final ListSelection selection;
    private final ListPlace place;
    private final EmptyState empty;
    private Runnable opened = () -> {};

    /**
     * @param names names a view
     * @param tags the tags there are
     * @param saved takes a search to be kept
     */
    ItemListPane(
            ItemListViewModel model,
            Function<ItemView, String> names,
            ListDot.Colors colors,
            Dragging dragging,
            Supplier<List<String>> tags,
            Consumer<ItemView.Found> saved) {
        this.model = model;
        this.names = names;
        getStyleClass().add(Styles.LIST_PANE);
        add = new QuickAddBar(model.newItems(), list::requestFocus);
        search = new SearchBar(model, this::focusList, saved);
        header = new ListHeader(model, search::open, new ArrangeMenu(model, tags).button());
        empty = new EmptyState(model, this::emptyAct);
        createList(colors, dragging);
        selection = new ListSelection(list, model);
        place = new ListPlace(list, model::indexOf);
        dragging.edges().add(list, place::scroll);
        ListKeys keys = new ListKeys(model, selection, () -> opened.run(), add::pasteLines, this::choose);
        list.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
        list.addEventFilter(KeyEvent.KEY_TYPED, keys::typed);
        model.aroundUpdates(this::beforeUpdate, this::updated);
        VBox top = new VBox();
        WhenSeen.fill(top, header, search, add);
        setTop(top);
        setCenter(new StackPane(list, empty));
        model.viewProperty().subscribe(this::showView);
        search.visibleProperty().subscribe(this::showQuickAdd);
        model.arrangementProperty()
                .subscribe(arrangement -> empty.show(model.viewProperty().get(), arrangement));
    }

    private void createList(ListDot.Colors colors, Dragging dragging) {
        list.setId("item-list");
        list.getStyleClass().add(Styles.ITEM_LIST);
        list.setAccessibleText(Texts.text(Keys.LIST_ITEMS));
        CellsAlong<ItemRow> along = new CellsAlong<>(model.rows(), ItemRow::id);
        list.setItems(model.rows());
        list.setCellFactory(view -> along.add(new ItemCell(model, colors, dragging)));
        list.setOnDragDetected(event -> drag(dragging));
        list.skinProperty().subscribe(skin -> {
            if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                alignWithWhatStandsAbove(flow);
                model.visits().showOn(new Shown(flow));
                flow.positionProperty().subscribe(position -> model.window().scrolledTo(position.doubleValue()));
                // At the end of the rows that are there, what could not be read is wanted again although nothing moves.
                list.addEventFilter(ScrollEvent.SCROLL, event -> model.window().scrolledTo(flow.getPosition()));
                list.addEventFilter(
                        KeyEvent.KEY_PRESSED, event -> model.window().scrolledTo(flow.getPosition()));
            }
        });
    }

    /** The scroll bar stands beside the rows, within the space that is at the right of everything. */
    private void alignWithWhatStandsAbove(VirtualFlow<?> flow) {
        for (Node bar : flow.lookupAll(".scroll-bar")) {
            if (bar instanceof ScrollBar vertical && vertical.getOrientation() == Orientation.VERTICAL) {
                vertical.visibleProperty().subscribe(isSeen -> list.pseudoClassStateChanged(SCROLLED, isSeen));
            }
        }
    }

    /** All selected rows go along, if the pressed one is among them. */
    private void drag(Dragging dragging) {
        ItemRow row = model.pressed();
        if (row != null && !model.selection().isPending()) {
            Chosen chosen = model.selection().has(row.id()) ? model.selection().now() : Chosen.of(List.of(row));
            String text = chosen.number() == 1 ? row.title() : Texts.text(Keys.LIST_DRAG_SEVERAL, chosen.number());
            dragging.begin(list, new Dragging.Dragged.Items(chosen), text);
        }
    }

    private void beforeUpdate(LiveList.Cause cause) {
        selection.beforeUpdate();
        place.beforeUpdate(cause);
    }

    private void updated() {
        selection.afterUpdate();
        if (model.viewProperty().get() instanceof ItemView.Upcoming) {
            // Whether a group begins with a row depends on the row before.
            list.refresh();
        }
        place.afterUpdate();
    }

    private void choose(int index) {
        list.getSelectionModel().clearAndSelect(index);
        place.reveal(index);
    }

    private void emptyAct() {
        if (model.arrangementProperty().get().filters()) {
            model.showUnfiltered();
        } else if (model.viewProperty().get().takesNewItems()) {
            focusQuickAdd();
        } else {
            model.show(new ItemView.All());
        }
    }

    private void showView(ItemView view) {
        refreshName();
        boolean hasHigherRows = view instanceof ItemView.Upcoming || view instanceof ItemView.Found;
        Controls.style(list, Styles.EVEN_ROWS, !hasHigherRows);
        showQuickAdd();
        empty.show(view, model.arrangementProperty().get());
    }

    /** Whoever looks for something adds nothing meanwhile. */
    private void showQuickAdd() {
        Controls.show(add, model.viewProperty().get().takesNewItems() && !search.isVisible());
    }

    /** Says the view's name again; a list may have been given another. */
    void refreshName() {
        ItemView view = model.viewProperty().get();
        header.name(names.apply(view));
        add.prompt(prompt(view));
    }

    /** Draws the rows again, when something beside them has changed. */
    void refreshRows() {
        list.refresh();
    }

    private String prompt(ItemView view) {
        return switch (view) {
            case ItemView.Today it -> Texts.text(Keys.ADD_PROMPT_TODAY);
            case ItemView.Notes it -> Texts.text(Keys.ADD_PROMPT_NOTE);
            case ItemView.OfList it -> Texts.text(Keys.ADD_PROMPT_LIST, OneLine.brief(names.apply(view)));
            case ItemView.OfTag it -> Texts.text(Keys.ADD_PROMPT_LIST, OneLine.brief(names.apply(view)));
            case ItemView.Upcoming it -> Texts.text(Keys.ADD_PROMPT_TOMORROW);
            default -> Texts.text(Keys.ADD_PROMPT);
        };
    }

    /** What is shown is called so. */
    String shownName() {
        return names.apply(model.viewProperty().get());
    }

    /** What is marked while something is dragged here that would become an item. */
    Node dropTarget() {
        return list;
    }

    /** Has this called when the person wants to go on in the selected item. */
    void whenOpened(Runnable action) {
        opened = action;
    }

    /** Gives the rows a menu. */
    void menuOf(Supplier<List<SelectionCommands.Line>> lines) {
        new RowMenu(list, lines);
    }

    /** Puts the caret where one types what to look for. */
    void focusSearch() {
        search.open();
    }

    /** Puts the caret where the next item is typed; where none can be added, that is in the Inbox. */
    void focusQuickAdd() {
        if (!model.viewProperty().get().takesNewItems()) {
            model.show(new ItemView.Inbox());
        }
        search.close();
        add.requestFocus();
    }

    /** The rows on the screen, for whoever comes back to them. */
    private final class Shown implements Visits.Screen {
        private final VirtualFlow<?> flow;

        /** Where to begin: before the rows are laid out, none can be brought to the top. */
        private int first;

        Shown(VirtualFlow<?> flow) {
            this.flow = flow;
            flow.heightProperty().subscribe((before, height) -> {
                if (before.doubleValue() <= 0 && first > 0) {
                    FxExecutor.INSTANCE.execute(() -> list.scrollTo(first));
                }
            });
        }

        @Override
        public int top() {
            list.layout();
            IndexedCell<?> first = flow.getFirstVisibleCell();
            return first == null ? 0 : model.window().from() + first.getIndex();
        }

        @Override
        public void scrollTo(int row) {
            if (flow.getHeight() > 0) {
                list.scrollTo(row);
            } else {
                first = row;
            }
        }
    }

    /** Gives the keyboard to the list as it is. */
    void takeFocus() {
        list.requestFocus();
    }

    /** Gives the keyboard to the list, where something is selected then. */
    void focusList() {
        takeFocus();
        if (model.visits().isAwaiting()) {
            model.visits().selectWhenThere();
        } else if (list.getSelectionModel().getSelectedIndex() < 0
                && !model.rows().isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }
}
