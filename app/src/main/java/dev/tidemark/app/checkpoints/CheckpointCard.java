package dev.tidemark.app.checkpoints;

import dev.tidemark.app.checkpoints.Attribution.Share;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows a checkpoint with its name, device and time, the shares of devices and lists in its changes, and buttons. */
final class CheckpointCard extends VBox {
    private static final int MAX_LISTS = 5;

    private final CheckpointsViewModel model;
    private final Checkpoint checkpoint;
    private final Label name = Controls.styled(new Label(), Styles.CONFLICT_TITLE);
    private final TextField field;

    CheckpointCard(CheckpointsViewModel model, Checkpoint checkpoint, List<String> devices) {
        this.model = model;
        this.checkpoint = checkpoint;
        getStyleClass().add(Styles.CHECKPOINT_CARD);
        name.setText(SingleLineText.of(checkpoint.name()));
        name.setMinWidth(0);
        field = Controls.field(
                new TextField(checkpoint.name()),
                "checkpoint-rename-field",
                Messages.text(Keys.CHECKPOINTS_NAME),
                Styles.FIELD,
                Styles.OUTLINED);
        field.setOnAction(event -> rename());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                edit(false);
                event.consume();
            }
        });
        Button pencil = Controls.iconButton(
                "checkpoint-rename", Icons.EDIT, Messages.text(Keys.SIDEBAR_RENAME), () -> edit(true));
        Button delete = Controls.iconButton(
                "checkpoint-delete",
                Icons.TRASH,
                Messages.text(Keys.CHECKPOINTS_DELETE),
                () -> model.delete(checkpoint));
        HBox head = new HBox(4, name, field, Controls.spacer(), pencil, delete);
        head.setAlignment(Pos.CENTER_LEFT);
        ZonedDateTime now = model.now();
        Label when = Controls.wrapped(Controls.styled(
                new Label(Messages.text(
                        Keys.CHECKPOINTS_WHEN,
                        checkpoint.device(),
                        RelativeTimeFormat.of(checkpoint.at(), now.toInstant(), now.getZone()),
                        checkpoint.items())),
                Styles.CAPTION));
        getChildren().setAll(head, when);
        if (!checkpoint.description().isBlank()) {
            getChildren().add(Controls.wrapped(new Label(checkpoint.description())));
        }
        addAttribution(checkpoint.attribution(), devices);
        boolean isOpening = checkpoint.equals(model.openingProperty().get());
        Button look = Controls.flatButton(
                "checkpoint-open",
                Icons.PREVIEW,
                Messages.text(isOpening ? Keys.CHECKPOINTS_OPENING : Keys.CHECKPOINTS_OPEN),
                () -> model.open(checkpoint));
        look.setDisable(isOpening || checkpoint.vector() == null);
        Button back = Controls.flatButton(
                "checkpoint-restore", Icons.RESTORE, Messages.text(Keys.CHECKPOINTS_RESTORE), () -> {});
        back.setDisable(checkpoint.vector() == null);
        RestoreActions actions = new RestoreActions("checkpoint-restore", look, back);
        back.setOnAction(event ->
                actions.confirm(Messages.text(Keys.CHECKPOINTS_RESTORE_SURE), () -> model.restore(checkpoint, null)));
        getChildren().add(actions);
        edit(false);
    }

    private void addAttribution(@Nullable Attribution attribution, List<String> devices) {
        if (attribution == null || checkpoint.vector() == null) {
            getChildren().add(Controls.wrapped(new Label(Messages.text(Keys.CHECKPOINTS_UNREADABLE))));
            return;
        }
        List<Share> shares = Attribution.shares(attribution.devices());
        if (attribution.changes() == 0) {
            getChildren().add(Controls.styled(new Label(Messages.text(Keys.CHECKPOINTS_UNCHANGED)), Styles.CAPTION));
            return;
        }
        FlowPane legend = new FlowPane(16, 2);
        for (Share share : shares) {
            HBox entry = new HBox(
                    6,
                    new ColorDot(colorOf(share, devices)),
                    Controls.styled(
                            new Label(Messages.text(
                                    Keys.CHECKPOINTS_SHARE,
                                    SingleLineText.abbreviate(share.count().name()),
                                    share.percent(),
                                    share.count().changes())),
                            Styles.CAPTION));
            entry.setAlignment(Pos.CENTER_LEFT);
            legend.getChildren().add(entry);
        }
        getChildren().addAll(new Bar(shares, devices), legend, lists(attribution));
    }

    private static Node lists(Attribution attribution) {
        String lists = Attribution.shares(attribution.lists()).stream()
                .limit(MAX_LISTS)
                .map(share -> Messages.text(
                        Keys.CHECKPOINTS_SHARE,
                        share.count().name().isEmpty()
                                ? Messages.text(Keys.CHECKPOINTS_NO_LIST)
                                : SingleLineText.abbreviate(share.count().name()),
                        share.percent(),
                        share.count().changes()))
                .collect(Collectors.joining(" · "));
        return Controls.wrapped(
                Controls.styled(new Label(Messages.text(Keys.CHECKPOINTS_LISTS, lists)), Styles.CAPTION));
    }

    private static String colorOf(Share share, List<String> devices) {
        int place = devices.indexOf(share.count().name());
        return ColorDot.PALETTE.get(Math.floorMod(place, ColorDot.PALETTE.size()));
    }

    private void edit(boolean wanted) {
        Controls.show(name, !wanted);
        Controls.show(field, wanted);
        if (wanted) {
            field.setText(checkpoint.name());
            field.requestFocus();
            field.selectAll();
        }
    }

    private void rename() {
        edit(false);
        if (!field.getText().isBlank() && !field.getText().equals(checkpoint.name())) {
            model.rename(checkpoint, field.getText());
        }
    }

    /** Draws the shares side by side, with widths in proportion to their sizes. */
    private static final class Bar extends Pane {
        private static final double HEIGHT = 8;
        private static final double GAP = 2;

        private final List<Share> shares;

        Bar(List<Share> shares, List<String> devices) {
            this.shares = shares;
            getStyleClass().add(Styles.SHARE_BAR);
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            for (Share share : shares) {
                getChildren().add(Controls.styled(new Region(), Styles.SHARE, Styles.COLORED, colorOf(share, devices)));
            }
            setAccessibleText(shares.stream()
                    .map(share -> share.count().name() + " " + share.percent() + " %")
                    .collect(Collectors.joining(", ")));
        }

        @Override
        protected void layoutChildren() {
            double room = getWidth() - GAP * (shares.size() - 1);
            double x = 0;
            for (int index = 0; index < shares.size(); index++) {
                double width = Math.max(1, room * shares.get(index).percent() / 100);
                getChildren().get(index).resizeRelocate(Math.rint(x), 0, Math.rint(width), HEIGHT);
                x += width + GAP;
            }
        }
    }
}
