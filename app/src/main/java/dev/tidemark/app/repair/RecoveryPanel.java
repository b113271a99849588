package dev.tidemark.app.repair;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The remedies of a damaged library, each a button with what it does. For the JavaFX thread. */
public final class RecoveryPanel extends VBox {
    private static final double GAP = 12;

    /** The buttons are below each other, so they have one width, in which the longest German text fits. */
    private static final double BUTTON = 216;

    private final Label progress = label("recovery-progress");
    private final Label problem = label("recovery-problem");
    private final Label rebuilds = label("recovery-rebuild-text");
    private final Label restores = label("recovery-restore-text");
    private final Label keeps = label("recovery-keeps");
    private final HBox rebuild;
    private final HBox restore;

    public RecoveryPanel(RecoveryViewModel model) {
        super(GAP);
        setId("recovery");
        rebuild = row(
                rebuilds,
                Controls.button("recovery-rebuild", Styles.PRIMARY, Messages.text(Keys.REBUILD_START), model::rebuild));
        restore = row(
                restores,
                Controls.button(
                        "recovery-restore", Styles.PLAIN, Messages.text(Keys.REBUILD_RESTORE_START), model::restore));
        keeps.setText(Messages.text(Keys.REBUILD_KEEPS));
        keeps.getStyleClass().add(Styles.MUTED);
        problem.getStyleClass().add(Styles.PROBLEM);
        getChildren().setAll(progress, problem, rebuild, restore, keeps);
        model.stateProperty().subscribe(this::show);
    }

    private static Label label(String id) {
        Label label = new Label();
        label.setId(id);
        return Controls.wrapped(label);
    }

    private static HBox row(Label text, Button button) {
        HBox.setHgrow(text, Priority.ALWAYS);
        button.setMinWidth(USE_PREF_SIZE);
        button.setPrefWidth(UiScale.scaled(BUTTON));
        HBox row = new HBox(GAP, text, Controls.spacer(), button);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private void show(RecoveryViewModel.State state) {
        String sentences = String.join("\n", state.sentences());
        boolean isOffered = state.step() == RecoveryViewModel.Step.OFFERED;
        progress.setText(
                switch (state.step()) {
                    case LOOKING -> Messages.text(Keys.REBUILD_LOOKING);
                    case WORKING -> Messages.text(Keys.REBUILD_WORKING);
                    case NOTHING, DONE -> sentences;
                    case OFFERED -> "";
                });
        rebuilds.setText(sentences);
        restores.setText(state.restore() == null ? "" : state.restore());
        problem.setText(state.problem() == null ? "" : state.problem());
        Controls.show(progress, !progress.getText().isEmpty());
        Controls.show(problem, state.problem() != null);
        Controls.show(rebuild, isOffered);
        Controls.show(keeps, isOffered);
        Controls.show(restore, isOffered && state.restore() != null);
    }
}
