package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.sync.SyncAction;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Shows the sync status, and buttons that fix a problem. */
final class SyncStatusSection extends VBox {
    private final PreferencesViewModel model;
    private final SyncViewModel sync;
    private final SettingsRow row;
    private final FlowPane actions = new FlowPane(8, 8);
    private List<String> shown = List.of();

    /**
     * @param model the shown settings, which need not be stored yet
     * @param buttons the buttons that the section always shows
     */
    SyncStatusSection(PreferencesViewModel model, SyncViewModel sync, Node buttons) {
        this.model = model;
        this.sync = sync;
        row = new SettingsRow(Keys.SETTINGS_SYNC_CHECK, "", buttons);
        row.hint().setId("settings-sync-standing");
        actions.getStyleClass().add(Styles.SYNC_ACTIONS);
        getChildren().setAll(row, actions);
        sync.stateProperty().subscribe(this::show);
        sync.slowProperty().subscribe(this::show);
        sync.warningsProperty().subscribe(this::show);
        sync.recoveryCodeValidProperty().subscribe(this::show);
        model.targetProperty().subscribe(this::show);
        model.settingsProperty().subscribe(this::show);
        show();
    }

    private void show() {
        boolean isSetUp = model.isTargetStored();
        String problem = isSetUp ? sync.issueText() : null;
        Label hint = row.hint();
        String status = model.nextStep().orElseGet(sync::sentence);
        hint.setText(problem == null ? status : problem);
        Controls.toggleStyle(hint, Styles.PROBLEM, problem != null);
        showActions(isSetUp ? sync.actions() : List.of());
    }

    /** Replaces the buttons only if an id or label changed, because the user may be pressing a button. */
    private void showActions(List<SyncAction> wanted) {
        List<String> says =
                wanted.stream().map(action -> action.id() + " " + action.text()).toList();
        if (!says.equals(shown)) {
            shown = says;
            List<Node> buttons = new ArrayList<>();
            for (SyncAction action : wanted) {
                String style = buttons.isEmpty() ? Styles.PRIMARY : Styles.PLAIN;
                buttons.add(Controls.button("settings-sync-" + action.id(), style, action.text(), () -> {}));
            }
            actions.getChildren().setAll(buttons);
        }
        for (int index = 0; index < wanted.size(); index++) {
            Runnable action = wanted.get(index).action();
            ((Button) actions.getChildren().get(index)).setOnAction(event -> action.run());
        }
        Controls.show(actions, !wanted.isEmpty());
    }
}
