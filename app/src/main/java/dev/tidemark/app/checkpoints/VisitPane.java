package dev.tidemark.app.checkpoints;

import dev.tidemark.app.checkpoints.CheckpointsViewModel.Since;
import dev.tidemark.app.checkpoints.CheckpointsViewModel.Visit;
import dev.tidemark.app.checkpoints.CheckpointsViewModel.VisitedItem;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the items at a checkpoint without letting the user edit them, below a band with the checkpoint's name. */
final class VisitPane extends BorderPane {
    private final CheckpointsViewModel model;
    private final Visit visit;
    private final Label title = Controls.wrapped(Controls.styled(new Label(), Styles.HISTORY_VERSION));
    private final Label state = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final Label body = Controls.wrapped(new Label());
    private final Button restore;
    private @Nullable VisitedItem shown;

    VisitPane(CheckpointsViewModel model, Visit visit) {
        this.model = model;
        this.visit = visit;
        setId("visit");
        restore = Controls.quietButton(
                "visit-restore", Icons.RESTORE, Messages.text(Keys.CHECKPOINTS_RESTORE_ITEM), this::restoreItem);
        setTop(band());
        ListView<VisitedItem> list = new ListView<>(FXCollections.observableList(visit.items()));
        list.setId("visit-items");
        list.getStyleClass().add(Styles.HISTORY_LIST);
        list.setAccessibleText(Messages.text(Keys.CHECKPOINTS_TITLE));
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().subscribe(this::show);
        setCenter(list);
        ScrollPane text = Controls.scrolling("visit-text", Messages.text(Keys.CONFLICT_FIELD_BODY), body);
        VBox.setVgrow(text, Priority.ALWAYS);
        setRight(Controls.styled(new VBox(title, state, restore, text), Styles.HISTORY_VERSIONS));
        list.getSelectionModel().selectFirst();
        show(list.getSelectionModel().getSelectedItem());
    }

    private VBox band() {
        ZonedDateTime now = model.now();
        Label name = Controls.wrapped(Controls.styled(
                new Label(Messages.text(
                        Keys.CHECKPOINTS_BAND,
                        SingleLineText.brief(visit.checkpoint().name()),
                        RelativeTimeFormat.of(visit.checkpoint().at(), now.toInstant(), now.getZone()))),
                Styles.CONFLICT_TITLE));
        Label since = Controls.wrapped(Controls.styled(
                new Label(Messages.text(
                        Keys.CHECKPOINTS_SINCE,
                        visit.since().added(),
                        visit.since().changed(),
                        visit.since().removed())),
                Styles.CAPTION));
        since.setId("visit-since");
        VBox text = new VBox(2, name, since);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button back = Controls.quietButton(
                "visit-restore-all",
                Icons.RESTORE,
                Messages.text(Keys.CHECKPOINTS_RESTORE),
                () -> model.restore(visit.checkpoint(), null));
        Button leave =
                Controls.button("visit-leave", Styles.PRIMARY, Messages.text(Keys.CHECKPOINTS_LEAVE), model::leave);
        HBox band = Controls.styled(new HBox(8, text, back, leave), Styles.VISIT_BAND);
        band.setAlignment(Pos.CENTER_LEFT);
        return new VBox(band);
    }

    private void show(@Nullable VisitedItem item) {
        shown = item;
        Controls.show(restore, item != null && item.since() != Since.SAME);
        title.setText(item == null ? Messages.text(Keys.EMPTY_ALL) : title(item));
        WritingDirection.apply(title, title.getText());
        state.setText(item == null ? "" : state(item));
        body.setText(item == null ? "" : item.body().strip());
        WritingDirection.apply(body, body.getText());
    }

    private static String title(VisitedItem item) {
        return item.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(item.title());
    }

    private static String state(VisitedItem item) {
        String list = item.list() == null ? Messages.text(Keys.SIDEBAR_INBOX) : SingleLineText.brief(item.list());
        return switch (item.since()) {
            case SAME -> list;
            case CHANGED -> Messages.text(Keys.CHECKPOINTS_ITEM_CHANGED, list);
            case REMOVED -> Messages.text(Keys.CHECKPOINTS_ITEM_REMOVED, list);
        };
    }

    private void restoreItem() {
        VisitedItem item = shown;
        if (item != null) {
            model.restore(visit.checkpoint(), Set.of(item.id()));
        }
    }

    private static final class Cell extends ListCell<VisitedItem> {
        Cell() {
            getStyleClass().add(Styles.HISTORY_CELL);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable VisitedItem item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            Label name = Controls.styled(Controls.wrapped(new Label(title(item))), Styles.HISTORY_SENTENCE);
            Controls.style(name, Styles.DONE, item.isDone());
            Label where = Controls.styled(new Label(state(item)), Styles.CAPTION);
            setGraphic(new VBox(2, name, where));
            setAccessibleText(name.getText() + ", " + where.getText());
        }
    }
}
