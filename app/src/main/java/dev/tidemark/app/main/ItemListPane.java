package dev.tidemark.app.main;

import dev.tidemark.app.detail.ListDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The middle of the window: the view's name, quick add, and the list. */
final class ItemListPane extends BorderPane {

    private final ItemListViewModel model;
    private final Function<ItemView, String> names;
    private final Label title = new Label();
    private final Label count = new Label();
    private final QuickAddBar add;
    private final SearchBar search;
    private final ListView<ItemRow> list = new ListView<>();
    private final Label emptyText = new Label();
    private final Button emptyAction;
    private boolean updating;
    /** The person wants to see the last row, once it is there. */
    private boolean toEnd;

    private boolean choosing;
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
        emptyAction = Controls.button("empty-action", Styles.QUIET_BUTTON, Texts.text(Keys.EMPTY_ADD), this::emptyAct);
        emptyAction.getStyleClass().add(Styles.LINK);
        add = new QuickAddBar(model, list::requestFocus);
        search = new SearchBar(model, this::focusList, saved);
        setTop(new VBox(createHeader(new ArrangeMenu(model, tags)), search, add));
        setCenter(new StackPane(createList(colors, dragging), createEmptyState()));
        model.viewProperty().subscribe(this::showView);
    }

    private HBox createHeader(ArrangeMenu arrange) {
        title.setId("view-title");
        title.getStyleClass().add(Styles.LIST_TITLE);
        title.setMinWidth(0);
        count.setId("view-count");
        count.getStyleClass().add(Styles.LIST_COUNT);
        count.setMinWidth(USE_PREF_SIZE);
        count.textProperty()
                .bind(model.growing().totalProperty().map(total -> total.intValue() == 0 ? "" : total.toString()));
        ToggleButton done = Controls.iconToggle("show-done", Icons.TODO, Texts.text(Keys.LIST_SHOW_DONE));
        done.setOnAction(
                event -> model.arrange(model.arrangementProperty().get().withDone(done.isSelected())));
        model.arrangementProperty().subscribe(now -> done.setSelected(now.withDone()));
        model.viewProperty().subscribe(view -> Controls.show(done, hidesDone(view)));
        arrange.button()
                .visibleProperty()
                .bind(model.viewProperty().map(view -> !(view instanceof ItemView.Conflicts)));
        HBox header = new HBox(
                title,
                count,
                Controls.spacer(),
                done,
                Controls.iconButton("open-search", Icons.SEARCH, Texts.text(Keys.SEARCH_OPEN), search::open),
                arrange.button());
        header.getStyleClass().add(Styles.LIST_HEADER);
        return header;
    }

    /** Whether the view leaves out what is done unless told otherwise. */
    private static boolean hidesDone(ItemView view) {
        return !(view instanceof ItemView.Trash
                || view instanceof ItemView.Conflicts
                || view instanceof ItemView.Completed
                || view instanceof ItemView.Found);
    }

    private ListView<ItemRow> createList(ListDot.Colors colors, Dragging dragging) {
        list.setId("item-list");
        list.getStyleClass().add(Styles.ITEM_LIST);
        list.setAccessibleText(Texts.text(Keys.LIST_ITEMS));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setItems(model.rows());
        list.setCellFactory(view -> new ItemCell(model, colors, dragging));
        list.setOnDragDetected(event -> drag(dragging));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.skinProperty().subscribe(skin -> {
            if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                flow.positionProperty().subscribe(position -> model.growing().scrolledTo(position.doubleValue()));
            }
        });
        list.getSelectionModel().selectedItemProperty().subscribe(this::selectedByPerson);
        list.getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>)
                change -> noteSelection());
        model.aroundUpdates(() -> updating = true, this::updated);
        model.selectedProperty().subscribe(id -> {
            if (!choosing) {
                select(id);
            }
        });
        return list;
    }

    /** All selected rows go along, if the pressed one is among them. */
    private void drag(Dragging dragging) {
        ItemRow row = model.pressed();
        if (row != null) {
            List<UUID> ids = model.selection().contains(row.id()) ? List.copyOf(model.selection()) : List.of(row.id());
            String text = ids.size() == 1 ? row.title() : Texts.text(Keys.LIST_DRAG_SEVERAL, ids.size());
            dragging.begin(list, new Dragging.Dragged.Items(ids), text);
        }
    }

    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private void paste() {
        String text = Clipboard.getSystemClipboard().getString();
        if (add.isVisible() && text != null) {
            model.addLines(text);
        }
    }

    private void onKey(KeyEvent event) {
        if (PASTE.match(event)) {
            paste();
            event.consume();
            return;
        }
        boolean isMove = event.isAltDown() && !event.isShortcutDown();
        if (isMove && (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN)) {
            model.moveSelected(event.getCode() == KeyCode.DOWN);
            event.consume();
        }
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        if (event.getCode() == KeyCode.SPACE) {
            model.tickSelected();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && model.selectedProperty().get() != null) {
            opened.run();
            event.consume();
        } else if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
            model.trashSelected();
            event.consume();
        } else if (event.getCode() == KeyCode.END && model.growing().showAll()) {
            toEnd = true;
            event.consume();
            return;
        }
        toEnd = false;
    }

    private void selectedByPerson(@Nullable ItemRow row) {
        if (!updating && row != null) {
            // The list has chosen already; its other selected rows stay so.
            choosing = true;
            model.selectedProperty().set(row.id());
            choosing = false;
        }
    }

    private void noteSelection() {
        if (!updating) {
            // By position: the selected items follow only after the positions have told everybody.
            List<UUID> chosen = list.getSelectionModel().getSelectedIndices().stream()
                    .filter(index -> index >= 0 && index < model.rows().size())
                    .map(index -> model.rows().get(index).id())
                    .toList();
            if (!chosen.equals(model.selection())) {
                model.selection().setAll(chosen);
            }
        }
    }

    /** Whatever the patch did to the positions, the items that were selected stay so. */
    private void updated() {
        updating = true;
        select(model.selectedProperty().get());
        selectAll();
        updating = false;
        if (model.viewProperty().get() instanceof ItemView.Upcoming) {
            list.refresh();
        }
        if (toEnd && !model.growing().isCut()) {
            toEnd = false;
            list.getSelectionModel().clearAndSelect(list.getItems().size() - 1);
            list.scrollTo(list.getItems().size() - 1);
        }
    }

    private void selectAll() {
        List<Integer> wanted = model.selection().stream()
                .map(model::indexOf)
                .filter(index -> index >= 0)
                .sorted()
                .toList();
        int last = model.indexOf(model.selectedProperty().get());
        if (last >= 0
                && wanted.size() > 1
                && !wanted.equals(list.getSelectionModel().getSelectedIndices())) {
            list.getSelectionModel().clearSelection();
            wanted.forEach(list.getSelectionModel()::select);
            list.getSelectionModel().select(last);
        } else if (wanted.size() <= 1
                && list.getSelectionModel().getSelectedIndices().size() > 1) {
            select(null);
            select(model.selectedProperty().get());
        }
    }

    private void select(@Nullable UUID id) {
        boolean before = updating;
        updating = true;
        int index = model.indexOf(id);
        if (index < 0) {
            list.getSelectionModel().clearSelection();
        } else if (list.getSelectionModel().getSelectedIndex() != index) {
            list.getSelectionModel().clearAndSelect(index);
        }
        updating = before;
        noteSelection();
    }

    private VBox createEmptyState() {
        emptyText.setId("empty-text");
        emptyText.setWrapText(true);
        VBox empty = new VBox(emptyText, emptyAction);
        empty.getStyleClass().add(Styles.EMPTY_STATE);
        empty.visibleProperty().bind(Bindings.isEmpty(model.rows()).and(model.loadedProperty()));
        empty.setPickOnBounds(false);
        return empty;
    }

    private void emptyAct() {
        if (!add.isVisible()) {
            model.show(new ItemView.All());
        } else {
            add.requestFocus();
        }
    }

    private void showView(ItemView view) {
        refreshName();
        boolean trash = !hidesDone(view);
        boolean isGrouped = view instanceof ItemView.Upcoming || view instanceof ItemView.Found;
        Controls.style(list, Styles.EVEN_ROWS, !isGrouped);
        Controls.show(add, !trash);
        add.prompt(prompt(view));
        emptyText.setText(Texts.text(emptyKey(view)));
        emptyAction.setText(Texts.text(trash ? Keys.EMPTY_SHOW_ALL : Keys.EMPTY_ADD));
        emptyAction.setAccessibleText(emptyAction.getText());
    }

    /** Shows the view's name again; a list may have been given another. */
    void refreshName() {
        title.setText(names.apply(model.viewProperty().get()));
    }

    /** Draws the rows again, when something beside them has changed. */
    void refreshRows() {
        list.refresh();
    }

    private String prompt(ItemView view) {
        return switch (view) {
            case ItemView.Today it -> Texts.text(Keys.ADD_PROMPT_TODAY);
            case ItemView.Notes it -> Texts.text(Keys.ADD_PROMPT_NOTE);
            case ItemView.OfList it -> Texts.text(Keys.ADD_PROMPT_LIST, names.apply(view));
            case ItemView.OfTag it -> Texts.text(Keys.ADD_PROMPT_LIST, names.apply(view));
            case ItemView.Upcoming it -> Texts.text(Keys.ADD_PROMPT_TOMORROW);
            default -> Texts.text(Keys.ADD_PROMPT);
        };
    }

    private static String emptyKey(ItemView view) {
        return switch (view) {
            case ItemView.Inbox it -> Keys.EMPTY_INBOX;
            case ItemView.Today it -> Keys.EMPTY_TODAY;
            case ItemView.Upcoming it -> Keys.EMPTY_UPCOMING;
            case ItemView.Completed it -> Keys.EMPTY_COMPLETED;
            case ItemView.OfTag it -> Keys.EMPTY_TAG;
            case ItemView.Found it -> Keys.EMPTY_FOUND;
            case ItemView.All it -> Keys.EMPTY_ALL;
            case ItemView.Notes it -> Keys.EMPTY_NOTES;
            case ItemView.Trash it -> Keys.EMPTY_TRASH;
            case ItemView.OfList it -> Keys.EMPTY_LIST;
            case ItemView.Conflicts it -> Keys.EMPTY_CONFLICTS;
        };
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

    /** Puts the caret where the next item is typed. */
    void focusQuickAdd() {
        add.requestFocus();
    }

    /** Gives the keyboard to the list. */
    void focusList() {
        list.requestFocus();
        if (Objects.isNull(list.getSelectionModel().getSelectedItem())
                && !model.rows().isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }
}
