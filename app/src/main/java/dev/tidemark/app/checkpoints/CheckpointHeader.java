package dev.tidemark.app.checkpoints;

import dev.tidemark.app.checkpoints.CheckpointContents.CheckpointItem;
import dev.tidemark.app.checkpoints.CheckpointContents.CheckpointList;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Names the moment that is shown and what it is compared with; chooses a list, and restores it or everything. */
final class CheckpointHeader extends VBox {
    private final CheckpointsViewModel model;
    private final CheckpointContents contents;
    private final Consumer<List<CheckpointItem>> show;
    private final Button listButton;
    private final Button restore;
    private final RestoreActions actions;
    private @Nullable CheckpointList list;

    /** @param show shows these items */
    CheckpointHeader(CheckpointsViewModel model, CheckpointContents contents, Consumer<List<CheckpointItem>> show) {
        super(4);
        this.model = model;
        this.contents = contents;
        this.show = show;
        getStyleClass().add(Styles.VISIT_BAND);
        Button leave = Controls.button(
                "visit-leave", Styles.PRIMARY, Messages.text(Keys.CHECKPOINTS_LEAVE), model::closeCheckpoint);
        VBox text = new VBox(2, name(), difference());
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox top = new HBox(8, text, leave);
        top.setAlignment(Pos.CENTER_LEFT);
        listButton = menuButton("visit-list", this::listMenu);
        Button compare = menuButton("visit-compare", this::compareMenu);
        Checkpoint other = contents.other();
        setText(
                compare,
                other == null
                        ? Messages.text(Keys.CHECKPOINTS_COMPARE_NOW)
                        : Messages.text(Keys.CHECKPOINTS_COMPARE, SingleLineText.abbreviate(other.name())));
        compare.disableProperty().bind(model.openingProperty().isNotNull());
        restore = Controls.flatButton("visit-restore-all", Icons.RESTORE, "", this::restore);
        actions = new RestoreActions("visit-restore-all", listButton, compare, restore);
        Controls.show(restore, other == null);
        getChildren().setAll(top, actions);
        choose(null);
    }

    private Label name() {
        Checkpoint other = contents.other();
        return Controls.wrapped(Controls.styled(
                new Label(
                        other == null
                                ? Messages.text(
                                        Keys.CHECKPOINTS_BAND,
                                        SingleLineText.abbreviate(
                                                contents.checkpoint().name()),
                                        when(contents.checkpoint()))
                                : Messages.text(
                                        Keys.CHECKPOINTS_BAND_COMPARED,
                                        SingleLineText.abbreviate(
                                                contents.checkpoint().name()),
                                        when(contents.checkpoint()),
                                        SingleLineText.abbreviate(other.name()),
                                        when(other))),
                Styles.CONFLICT_TITLE));
    }

    private String when(Checkpoint checkpoint) {
        ZonedDateTime now = model.now();
        return RelativeTimeFormat.of(checkpoint.at(), now.toInstant(), now.getZone());
    }

    private Label difference() {
        Label difference = Controls.wrapped(Controls.styled(
                new Label(Messages.text(
                        contents.other() == null ? Keys.CHECKPOINTS_SINCE : Keys.CHECKPOINTS_BETWEEN,
                        contents.since().added(),
                        contents.since().changed(),
                        contents.since().removed())),
                Styles.CAPTION));
        difference.setId("visit-since");
        return difference;
    }

    private static Button menuButton(String id, Supplier<List<MenuItem>> lines) {
        Button button = Controls.flatButton(id, Icons.OPENS_BELOW, "", () -> {});
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setMnemonicParsing(false);
        button.setOnAction(event ->
                Menus.showBelow(button, Menus.menu(id + "-menu", lines.get().toArray(MenuItem[]::new))));
        return button;
    }

    private static void setText(Button button, String text) {
        button.setText(text);
        button.setAccessibleText(text);
    }

    private List<MenuItem> listMenu() {
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line("visit-list-all", Messages.text(Keys.HISTORY_LISTS), list == null, () -> choose(null)));
        contents.lists()
                .forEach(each -> lines.add(line(
                        "visit-list-one",
                        SingleLineText.abbreviate(each.name()),
                        each.equals(list),
                        () -> choose(each))));
        return lines;
    }

    private List<MenuItem> compareMenu() {
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line(
                "visit-compare-now",
                Messages.text(Keys.CHECKPOINTS_COMPARE_NOW),
                contents.other() == null,
                () -> model.open(contents.checkpoint())));
        model.allProperty().get().stream()
                .filter(each -> each.vector() != null
                        && !each.id().equals(contents.checkpoint().id()))
                .forEach(each -> lines.add(line(
                        "visit-compare-one",
                        Messages.text(Keys.CHECKPOINTS_COMPARE, SingleLineText.abbreviate(each.name())),
                        each.equals(contents.other()),
                        () -> model.compare(contents.checkpoint(), each))));
        return lines;
    }

    private static RadioMenuItem line(String id, String text, boolean isSelected, Runnable action) {
        RadioMenuItem item = Menus.prepared(new RadioMenuItem(text), id, action);
        item.setSelected(isSelected);
        return item;
    }

    /** Shows the items of a list, or of all. */
    private void choose(@Nullable CheckpointList chosen) {
        list = chosen;
        setText(
                listButton,
                chosen == null ? Messages.text(Keys.HISTORY_LISTS) : SingleLineText.abbreviate(chosen.name()));
        setText(restore, Messages.text(chosen == null ? Keys.CHECKPOINTS_RESTORE : Keys.CHECKPOINTS_RESTORE_LIST));
        restore.setDisable(chosen != null && !chosen.differs());
        show.accept(
                chosen == null
                        ? contents.items()
                        : contents.items().stream()
                                .filter(item -> chosen.id().equals(item.listId()))
                                .toList());
    }

    private void restore() {
        CheckpointList chosen = list;
        if (chosen == null) {
            actions.confirm(
                    Messages.text(Keys.CHECKPOINTS_RESTORE_SURE), () -> model.restore(contents.checkpoint(), null));
        } else {
            actions.confirm(
                    Messages.text(
                            Keys.CHECKPOINTS_RESTORE_LIST_SURE,
                            SingleLineText.abbreviate(chosen.name()),
                            chosen.rows().size() - 1),
                    () -> model.restore(contents.checkpoint(), chosen.rows()));
        }
    }
}
