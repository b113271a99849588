package dev.tidemark.app.checkpoints;

import dev.tidemark.app.checkpoints.CheckpointContents.CheckpointItem;
import dev.tidemark.app.checkpoints.CheckpointContents.ItemChange;
import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the items at a checkpoint without letting the user edit them, below a band with the checkpoint's name. */
final class CheckpointPane extends BorderPane {
    private final CheckpointsViewModel model;
    private final CheckpointContents contents;
    private final Label title = Controls.wrapped(Controls.styled(new Label(), Styles.HISTORY_VERSION));
    private final Label state = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final Label fields = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final Label effect = Controls.wrapped(
            Controls.styled(new Label(Messages.text(Keys.CHECKPOINTS_RESTORE_EFFECT)), Styles.CAPTION));
    private final ListView<CheckpointItem> list = new ListView<>();
    private final Label body = Controls.wrapped(new Label());
    private final Button restore;
    private @Nullable CheckpointItem shown;

    CheckpointPane(CheckpointsViewModel model, CheckpointContents contents) {
        this.model = model;
        this.contents = contents;
        setId("visit");
        restore = Controls.flatButton(
                "visit-restore", Icons.RESTORE, Messages.text(Keys.CHECKPOINTS_RESTORE_ITEM), this::restoreItem);
        setTop(new CheckpointHeader(model, contents, this::show));
        list.setId("visit-items");
        list.getStyleClass().add(Styles.HISTORY_LIST);
        list.setAccessibleText(Messages.text(Keys.CHECKPOINTS_TITLE));
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().subscribe(this::show);
        setCenter(list);
        ScrollPane text = Controls.scrolling("visit-text", Messages.text(Keys.CONFLICT_FIELD_BODY), body);
        VBox.setVgrow(text, Priority.ALWAYS);
        setRight(Controls.styled(new VBox(title, state, fields, restore, effect, text), Styles.HISTORY_VERSIONS));
        show(contents.items());
    }

    private void show(@Nullable CheckpointItem item) {
        shown = item;
        boolean isRestorable = item != null && item.since() != ItemChange.SAME && contents.other() == null;
        Controls.show(restore, isRestorable);
        Controls.show(effect, isRestorable);
        title.setText(item == null ? Messages.text(Keys.EMPTY_ALL) : title(item));
        WritingDirection.apply(title, title.getText());
        state.setText(item == null ? "" : state(item));
        fields.setText(
                item == null
                        ? ""
                        : item.fields().stream()
                                .map(column -> Messages.text(FieldText.key(column)))
                                .distinct()
                                .collect(Collectors.joining(", ")));
        Controls.show(fields, item != null && item.since() == ItemChange.CHANGED);
        body.setText(item == null ? "" : item.body().strip());
        WritingDirection.apply(body, body.getText());
    }

    private void show(List<CheckpointItem> items) {
        list.setItems(FXCollections.observableList(items));
        list.getSelectionModel().selectFirst();
        show(list.getSelectionModel().getSelectedItem());
    }

    private static String title(CheckpointItem item) {
        return item.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(item.title());
    }

    private static String state(CheckpointItem item) {
        String list = item.list() == null ? Messages.text(Keys.SIDEBAR_INBOX) : SingleLineText.abbreviate(item.list());
        return switch (item.since()) {
            case SAME -> list;
            case ADDED -> Messages.text(Keys.CHECKPOINTS_ITEM_ADDED, list);
            case CHANGED -> Messages.text(Keys.CHECKPOINTS_ITEM_CHANGED, list);
            case REMOVED -> Messages.text(Keys.CHECKPOINTS_ITEM_REMOVED, list);
        };
    }

    private void restoreItem() {
        CheckpointItem item = shown;
        if (item != null) {
            model.restore(contents.checkpoint(), Set.of(item.id()));
        }
    }

    private static final class Cell extends ListCell<CheckpointItem> {
        Cell() {
            getStyleClass().add(Styles.HISTORY_CELL);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable CheckpointItem item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            Label name = Controls.styled(Controls.wrapped(new Label(title(item))), Styles.HISTORY_SENTENCE);
            Controls.toggleStyle(name, Styles.DONE, item.isDone());
            Label where = Controls.styled(new Label(state(item)), Styles.CAPTION);
            setGraphic(new VBox(2, name, where));
            setAccessibleText(name.getText() + ", " + where.getText());
        }
    }
}
