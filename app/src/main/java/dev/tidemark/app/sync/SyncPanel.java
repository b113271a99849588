package dev.tidemark.app.sync;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Shows the details of the sync status: the problem and its actions, and the usual commands. */
final class SyncPanel extends VBox {
    private final SyncViewModel model;
    private final SyncFooter.Pages pages;
    private final Runnable close;
    private final VBox label = new VBox(2);
    private final FlowPane buttons = new FlowPane(8, 8);
    private final List<Button> wanted = new ArrayList<>();

    SyncPanel(SyncViewModel model, SyncFooter.Pages pages, Runnable close) {
        this.model = model;
        this.pages = pages;
        this.close = close;
        setId("sync-panel");
        getStyleClass().add(Styles.SYNC_PANEL);
        Controls.stylePopup(getStyleClass());
        buttons.getStyleClass().add(Styles.PANEL_BUTTONS);
        getChildren().setAll(label, buttons);
        fill();
    }

    /**
     * Updates the panel. Reuses unchanged buttons, because the state can change every second while the user presses a
     * button.
     */
    void fill() {
        label.getChildren().clear();
        wanted.clear();
        describe();
        List<Node> newButtons = wanted.stream().map(this::existing).toList();
        if (!newButtons.equals(buttons.getChildren())) {
            buttons.getChildren().setAll(newButtons);
        }
    }

    /**
     * Returns the shown button that looks like the new button, and gives it the new action. Returns the new button if
     * no shown button looks like it.
     */
    private Node existing(Button button) {
        for (Node node : buttons.getChildren()) {
            if (node instanceof Button existing
                    && existing.getId().equals(button.getId())
                    && existing.getText().equals(button.getText())
                    && existing.getStyleClass().equals(button.getStyleClass())) {
                existing.setOnAction(button.getOnAction());
                return existing;
            }
        }
        return button;
    }

    private void describe() {
        SyncState now = model.stateProperty().get();
        String problem = model.issueText();
        boolean isSilent = !now.on() && problem == null;
        Label title = new Label(isSilent ? Messages.text(Keys.SYNC_PANEL_TITLE) : model.sentence());
        title.getStyleClass().add(Styles.PANEL_TITLE);
        title.setWrapText(true);
        label.getChildren().add(title);
        if (problem != null) {
            addLine(problem);
            model.actions().forEach(action -> addAction("sync-panel-" + action.id(), action));
        }
        if (!now.on()) {
            addLine(Messages.text(Keys.SYNC_PANEL_OFF));
            addButton("sync-panel-settings", Messages.text(Keys.SYNC_PANEL_SET_UP), pages.sync());
            return;
        }
        if (problem == null && now.state() == SyncStatus.State.PAUSED) {
            addLine(Messages.text(Keys.SYNC_PANEL_PAUSED));
        }
        addLine(Messages.text(Keys.SYNC_PANEL_TARGET, now.target()));
        String last = model.lastSuccessSentence();
        if (last != null) {
            addLine(last);
        }
        addUsual(now);
    }

    private void addUsual(SyncState now) {
        SyncControls controls = model.controls();
        if (now.running()) {
            addButton("sync-panel-cancel", Messages.text(Keys.SYNC_PANEL_CANCEL), controls::cancel);
        } else {
            addButton("sync-panel-now", Messages.text(Keys.SYNC_PANEL_SYNC), model::syncNow);
        }
        if (now.state() == SyncStatus.State.PAUSED) {
            addButton("sync-panel-resume", Messages.text(Keys.SYNC_PANEL_RESUME), controls::resume);
        } else {
            addButton("sync-panel-pause", Messages.text(Keys.SYNC_PANEL_PAUSE), controls::pause);
        }
        addButton("sync-panel-activity", Messages.text(Keys.ACTIVITY_TITLE), pages.activity());
        addButton("sync-panel-devices", Messages.text(Keys.DEVICES_TITLE), pages.devices());
        addButton("sync-panel-settings", Messages.text(Keys.SYNC_PANEL_SETTINGS), pages.sync());
    }

    private void addLine(String text) {
        label.getChildren().add(Controls.wrapped(Controls.styled(new Label(text), Styles.CAPTION)));
    }

    private void addAction(String id, SyncAction action) {
        if (action.asks()) {
            add(id, action.text(), action.action());
        } else {
            addButton(id, action.text(), action.action());
        }
    }

    private void addButton(String id, String text, Runnable action) {
        add(id, text, () -> {
            close.run();
            action.run();
        });
    }

    /** Adds a button. The first button becomes the primary button. */
    private void add(String id, String text, Runnable action) {
        String style = wanted.isEmpty() ? Styles.PRIMARY : Styles.PLAIN;
        wanted.add(Controls.button(id, style, text, action));
    }
}
