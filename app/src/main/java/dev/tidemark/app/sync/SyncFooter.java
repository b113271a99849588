package dev.tidemark.app.sync;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/** Shows the sync status and the settings button at the bottom of the sidebar. */
public final class SyncFooter extends VBox {
    private static final double GAP = 8;

    private final SyncViewModel model;
    private final Pages pages;
    private final Button state = new Button();
    private final ProgressBar progress = new ProgressBar();
    private final Popup popup = new Popup();
    private final Button settings;
    private final StackPane buttons = new StackPane();
    private @Nullable SyncPanel panel;
    private boolean folded;

    /**
     * Opens pages of the window.
     *
     * @param settings opens the settings
     * @param sync opens the sync settings
     * @param devices opens the list of devices
     * @param activity opens the sync history
     */
    public record Pages(Runnable settings, Runnable sync, Runnable devices, Runnable activity) {}

    public SyncFooter(SyncViewModel model, Pages pages) {
        this.model = model;
        this.pages = pages;
        state.setId("sync-state");
        state.getStyleClass().add(Styles.SYNC_STATE);
        state.setOnAction(event -> openPanel());
        HBox.setHgrow(Controls.fillWidth(state), Priority.ALWAYS);
        settings = Controls.iconButton(
                "open-settings", Icons.SETTINGS, Messages.text(Keys.SIDEBAR_SETTINGS), pages.settings());
        progress.setId("sync-progress");
        progress.getStyleClass().add(Styles.SYNC_PROGRESS);
        progress.setAccessibleText(Messages.text(Keys.SYNC_RUNNING));
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setManaged(false);
        getChildren().setAll(buttons, progress);
        arrange();
        popup.setAutoHide(true);
        popup.setHideOnEscape(true);
        state.textTruncatedProperty().subscribe(this::showTooltip);
        model.stateProperty().subscribe(this::show);
        model.slowProperty().subscribe(this::show);
        model.warningsProperty().subscribe(this::show);
        model.recoveryCodeValidProperty().subscribe(this::show);
        show();
    }

    private void show() {
        SyncState now = model.stateProperty().get();
        boolean slow = model.slowProperty().get();
        state.setText(model.shortSentence());
        state.setAccessibleText(Messages.text(Keys.SYNC_ACCESSIBLE, model.sentence()));
        state.setGraphic(Controls.icon(model.icon()));
        showTooltip();
        Controls.toggleStyle(state, Styles.PROBLEM, model.needsAttention());
        Controls.toggleStyle(state, Styles.BUSY, slow);
        progress.setVisible(slow);
        if (popup.isShowing() && panel != null) {
            panel.fill();
        }
        double moved = now.transfer().progress();
        progress.setProgress(moved < 0 ? ProgressBar.INDETERMINATE_PROGRESS : moved);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        progress.resizeRelocate(0, 0, getWidth(), 2);
    }

    private void openPanel() {
        if (popup.isShowing()) {
            popup.hide();
            return;
        }
        SyncPanel opened = new SyncPanel(model, pages, popup::hide);
        panel = opened;
        popup.getContent().setAll(opened);
        Bounds bounds = state.localToScreen(state.getBoundsInLocal());
        popup.show(this, bounds.getMinX(), bounds.getMinY());
        popup.setX(bounds.getMinX());
        // Keeps the panel above the footer when the height of the panel changes.
        opened.heightProperty().subscribe(height -> popup.setY(bounds.getMinY() - height.doubleValue() - GAP));
    }

    /** Shows the status as a tooltip if the sidebar has no room for the whole text. */
    private void showTooltip() {
        boolean wanted = folded || state.isTextTruncated();
        if (wanted && state.getTooltip() != null) {
            state.getTooltip().setText(model.sentence());
        } else {
            state.setTooltip(wanted ? Controls.tooltip(model.sentence()) : null);
        }
    }

    /** Places the buttons side by side. In a folded sidebar, places one above the other. */
    private void arrange() {
        Pane together = folded ? new VBox(settings, state) : new HBox(state, settings);
        together.getStyleClass().add(Styles.SIDEBAR_FOOT);
        buttons.getChildren().setAll(together);
        state.setContentDisplay(folded ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    }

    /** Shows only icons if {@code wanted}, as in a very narrow sidebar. */
    public void fold(boolean wanted) {
        // Arranges the buttons only on a change, because a button that is removed while pressed gets no release event.
        if (wanted != folded) {
            folded = wanted;
            arrange();
            showTooltip();
        }
    }
}
