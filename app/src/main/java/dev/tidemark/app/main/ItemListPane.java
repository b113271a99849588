package dev.tidemark.app.main;

import dev.tidemark.app.detail.ListDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The middle of the window: the view's name, quick add, and the list. */
final class ItemListPane extends BorderPane {
    private static final double ROW = 40;

    private final ItemListViewModel model;
    private final Function<ItemView, String> names;
    private final Label title = new Label();
    private final Label count = new Label();
    private final QuickAddBar add;
    private final ListView<ItemRow> list = new ListView<>();
    private final Label emptyText = new Label();
    private final Button emptyAction;
    private boolean updating;
    /** The person wants to see the last row, once it is there. */
    private boolean toEnd;

    /** @param names names a view */
    ItemListPane(ItemListViewModel model, Function<ItemView, String> names, ListDot.Colors colors) {
        this.model = model;
        this.names = names;
        getStyleClass().add(Styles.LIST_PANE);
        emptyAction = Controls.button("empty-action", Styles.QUIET_BUTTON, Texts.text(Keys.EMPTY_ADD), this::emptyAct);
        emptyAction.getStyleClass().add(Styles.LINK);
        add = new QuickAddBar(model, list::requestFocus);
        setTop(new VBox(createHeader(), add));
        setCenter(new StackPane(createList(colors), createEmptyState()));
        model.viewProperty().subscribe(this::showView);
    }

    private HBox createHeader() {
        title.setId("view-title");
        title.getStyleClass().add(Styles.LIST_TITLE);
        title.setMinWidth(0);
        count.setId("view-count");
        count.getStyleClass().add(Styles.LIST_COUNT);
        count.setMinWidth(USE_PREF_SIZE);
        count.textProperty()
                .bind(model.growing().totalProperty().map(total -> total.intValue() == 0 ? "" : total.toString()));
        ToggleButton done = Controls.iconToggle("show-done", Icons.TODO, Texts.text(Keys.LIST_SHOW_DONE));
        done.selectedProperty().bindBidirectional(model.showDoneProperty());
        done.visibleProperty()
                .bind(model.viewProperty()
                        .map(view -> !(view instanceof ItemView.Trash || view instanceof ItemView.Conflicts)));
        HBox header = new HBox(title, count, Controls.spacer(), done);
        header.getStyleClass().add(Styles.LIST_HEADER);
        return header;
    }

    private ListView<ItemRow> createList(ListDot.Colors colors) {
        list.setId("item-list");
        list.getStyleClass().add(Styles.ITEM_LIST);
        list.setAccessibleText(Texts.text(Keys.LIST_ITEMS));
        list.setFixedCellSize(ROW);
        list.setItems(model.rows());
        list.setCellFactory(view -> new ItemCell(model, colors));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.skinProperty().subscribe(skin -> {
            if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                flow.positionProperty().subscribe(position -> model.growing().scrolledTo(position.doubleValue()));
            }
        });
        list.getSelectionModel().selectedItemProperty().subscribe(this::selectedByPerson);
        model.aroundUpdates(() -> updating = true, this::updated);
        model.selectedProperty().subscribe(this::select);
        return list;
    }

    private void onKey(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        if (event.getCode() == KeyCode.SPACE) {
            model.tickSelected();
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
            model.selectedProperty().set(row.id());
        }
    }

    /** Whatever the patch did to the positions, the item that was selected stays so. */
    private void updated() {
        select(model.selectedProperty().get());
        updating = false;
        if (toEnd && !model.growing().isCut()) {
            toEnd = false;
            list.getSelectionModel().clearAndSelect(list.getItems().size() - 1);
            list.scrollTo(list.getItems().size() - 1);
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
        boolean trash = view instanceof ItemView.Trash || view instanceof ItemView.Conflicts;
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
