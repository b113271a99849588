package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.RowTrackingCells;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.app.quickadd.QuickAddBar;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the middle pane of the window: header, search, quick add and the list. */
public final class ItemListPane extends BorderPane {
    private static final PseudoClass SCROLLED = PseudoClass.getPseudoClass("scrolled");

    private final ItemListViewModel model;
    private final Function<ItemSource, String> names;
    private final ListHeader header;
    private final Button arrange;
    private final QuickAddBar add;
    private final SearchBar search;
    private final ListView<ItemRow> list = new ListView<>();
    private final ListSelectionBinding selection;
    private final ScrollAnchor anchor;
    private final EmptyState empty;
    private final DragGesture dragging;
    private final VBox top = new VBox();
    /** Created when it is shown first. */
    private @Nullable WeekStrip week;

    /** @param colors returns the name of a list's colour, or {@code null} for none */
    public ItemListPane(
            ItemListViewModel model,
            Function<ItemSource, String> names,
            Function<@Nullable UUID, @Nullable String> colors,
            DragGesture dragging,
            Supplier<List<String>> tags,
            Consumer<ItemSource.SearchResults> saved,
            Runnable openItem,
            Consumer<UUID> openConflict,
            Supplier<List<SelectionCommands.MenuEntry>> menu) {
        this.model = model;
        this.names = names;
        this.dragging = dragging;
        getStyleClass().add(Styles.LIST_PANE);
        add = new QuickAddBar(model.commands(), list::requestFocus);
        search = new SearchBar(model, this::focusList, saved);
        arrange = new ViewOptionsMenu(model, tags).button();
        header = new ListHeader(model, search::open, arrange);
        empty = new EmptyState(model, this::runEmptyStateAction);
        createList(colors, dragging, openConflict);
        new RowMenu(list, menu);
        selection = new ListSelectionBinding(list, model);
        anchor = new ScrollAnchor(list, model::indexOf);
        dragging.autoScroller().add(list, anchor::scroll);
        ListKeyHandler keys = new ListKeyHandler(model, selection, openItem, add::pasteLines, this::choose);
        list.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
        list.addEventFilter(KeyEvent.KEY_TYPED, keys::typed);
        model.aroundUpdates(this::beforeUpdate, this::updated);
        LazyChildren.fill(top, header, search, add);
        setTop(top);
        setCenter(new StackPane(list, empty));
        model.viewProperty().subscribe(this::showView);
        search.visibleProperty().subscribe(this::showQuickAdd);
        model.optionsProperty()
                .subscribe(arrangement -> empty.show(model.viewProperty().get(), arrangement));
    }

    private void createList(
            Function<@Nullable UUID, @Nullable String> colors, DragGesture dragging, Consumer<UUID> openConflict) {
        list.setId("item-list");
        list.getStyleClass().add(Styles.ITEM_LIST);
        list.setAccessibleText(Messages.text(Keys.LIST_ITEMS));
        RowTrackingCells<ItemRow> cells = new RowTrackingCells<>(model.rows(), ItemRow::id);
        list.setItems(model.rows());
        list.setCellFactory(view -> cells.add(new ItemCell(model, colors, dragging, openConflict)));
        list.setOnDragDetected(event -> drag(dragging));
        list.skinProperty().subscribe(skin -> {
            if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                alignScrollBar(flow);
                model.viewStates().setViewport(new Shown(flow));
                flow.positionProperty().subscribe(position -> model.window().scrolledTo(position.doubleValue()));
                // At the end of the loaded rows, the position no longer changes. So keys and the wheel notify the
                // {@code WindowedList}, too, which then retries a failed read.
                list.addEventFilter(ScrollEvent.SCROLL, event -> model.window().scrolledTo(flow.getPosition()));
                list.addEventFilter(
                        KeyEvent.KEY_PRESSED, event -> model.window().scrolledTo(flow.getPosition()));
            }
        });
    }

    /** Places the scroll bar in the padding beside the rows. */
    private void alignScrollBar(VirtualFlow<?> flow) {
        for (Node bar : flow.lookupAll(".scroll-bar")) {
            if (bar instanceof ScrollBar vertical && vertical.getOrientation() == Orientation.VERTICAL) {
                vertical.visibleProperty().subscribe(isSeen -> list.pseudoClassStateChanged(SCROLLED, isSeen));
            }
        }
    }

    /** Drags the pressed row, or all selected rows if the pressed row is selected. */
    private void drag(DragGesture dragging) {
        ItemRow row = model.pressed();
        if (row != null && !model.selection().isPending()) {
            SelectionSnapshot dragged =
                    model.selection().has(row.id()) ? model.selection().snapshot() : SelectionSnapshot.of(List.of(row));
            String text = dragged.number() == 1 ? row.title() : Messages.text(Keys.LIST_DRAG_SEVERAL, dragged.number());
            dragging.begin(list, new DragGesture.Dragged.Items(dragged), text);
        }
    }

    private void beforeUpdate(LiveList.Cause cause) {
        selection.beforeUpdate();
        anchor.beforeUpdate(cause);
    }

    private void updated() {
        selection.afterUpdate();
        if (model.viewProperty().get() instanceof ItemSource.Upcoming) {
            // Refreshes all cells, because the row above decides whether a row starts a group.
            list.refresh();
        }
        anchor.afterUpdate();
    }

    private void choose(int index) {
        list.getSelectionModel().clearAndSelect(index);
        anchor.scrollIntoView(index);
    }

    private void runEmptyStateAction() {
        if (model.optionsProperty().get().filters()) {
            model.showUnfiltered();
        } else if (model.viewProperty().get().acceptsNewItems()) {
            focusQuickAdd();
        } else {
            model.show(new ItemSource.All());
        }
    }

    private void showView(ItemSource view) {
        refreshName();
        boolean hasHigherRows = view instanceof ItemSource.Upcoming || view instanceof ItemSource.SearchResults;
        Controls.toggleStyle(list, Styles.EVEN_ROWS, !hasHigherRows);
        showQuickAdd();
        showWeek(view);
        empty.show(view, model.optionsProperty().get());
    }

    private void showWeek(ItemSource view) {
        LocalDate today = view instanceof ItemSource.Today shown
                ? shown.date()
                : view instanceof ItemSource.Upcoming shown ? shown.date() : null;
        if (today == null) {
            model.week().close();
        } else {
            if (week == null) {
                week = new WeekStrip(model, dragging);
                top.getChildren().add(1, week);
            }
            model.week().show(today);
        }
        if (week != null) {
            Controls.show(week, today != null);
        }
    }

    /** Hides quick add during a search and in views that accept no new items. */
    private void showQuickAdd() {
        Controls.show(add, model.viewProperty().get().acceptsNewItems() && !search.isVisible());
    }

    /** Updates the name of the view. Call this method after a list was renamed. */
    public void refreshName() {
        ItemSource view = model.viewProperty().get();
        header.name(names.apply(view));
        add.prompt(prompt(view));
    }

    /**
     * Redraws the rows. Call this method after a change that is not part of the rows, such as a new colour of a list.
     */
    public void refreshRows() {
        list.refresh();
    }

    private String prompt(ItemSource view) {
        return switch (view) {
            case ItemSource.Today it -> Messages.text(Keys.ADD_PROMPT_TODAY);
            case ItemSource.Notes it -> Messages.text(Keys.ADD_PROMPT_NOTE);
            case ItemSource.OfList it ->
                Messages.text(Keys.ADD_PROMPT_LIST, SingleLineText.abbreviate(names.apply(view)));
            case ItemSource.OfTag it ->
                Messages.text(Keys.ADD_PROMPT_LIST, SingleLineText.abbreviate(names.apply(view)));
            case ItemSource.Upcoming it -> Messages.text(Keys.ADD_PROMPT_TOMORROW);
            default -> Messages.text(Keys.ADD_PROMPT);
        };
    }

    public String shownName() {
        return names.apply(model.viewProperty().get());
    }

    /** The node that accepts dropped files as new items. */
    public Node dropTarget() {
        return list;
    }

    /** Returns the commands that press the buttons above the list, for the command palette. */
    public List<ButtonCommand> buttonCommands() {
        return List.of(
                ButtonCommand.of(arrange, Group.ITEMS, Icons.ARRANGE, Messages.text(Keys.LIST_ARRANGE)),
                search.buttonCommand());
    }

    public void focusSearch() {
        search.open();
    }

    /** Focuses quick add. If the view accepts no new items, shows the Inbox first. */
    public void focusQuickAdd() {
        model.showForNewItem();
        search.close();
        add.requestFocus();
    }

    /** Reads and sets the scroll position for {@link ViewStateMemory}. */
    private final class Shown implements ViewStateMemory.Viewport {
        private final VirtualFlow<?> flow;

        /** The row to scroll to after the first layout, because scrolling has no effect before. */
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

    public void takeFocus() {
        list.requestFocus();
    }

    /** Focuses the list, and selects the first row if none is selected. */
    public void focusList() {
        takeFocus();
        if (model.viewStates().isAwaiting()) {
            model.viewStates().selectWhenThere();
        } else if (list.getSelectionModel().getSelectedIndex() < 0
                && !model.rows().isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }
}
