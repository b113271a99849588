package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.sync.SyncAction;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** How sync stands, and the buttons that mend what is wrong. */
final class SyncStanding extends VBox {
    private final SyncViewModel sync;
    private final SettingsRow row;
    private final FlowPane actions = new FlowPane(8, 8);
    private List<String> shown = List.of();

    /** @param buttons those that are always there */
    SyncStanding(SyncViewModel sync, Node buttons) {
        this.sync = sync;
        row = new SettingsRow(Texts.text(Keys.SETTINGS_SYNC_CHECK), "", buttons);
        row.hint().setId("settings-sync-standing");
        actions.getStyleClass().add(Styles.SYNC_ACTIONS);
        getChildren().setAll(row, actions);
        sync.stateProperty().subscribe(this::show);
        sync.slowProperty().subscribe(this::show);
        sync.findingsProperty().subscribe(this::show);
        sync.codeWholeProperty().subscribe(this::show);
        show();
    }

    private void show() {
        boolean isOn = sync.stateProperty().get().on();
        String trouble = sync.trouble();
        Label hint = row.hint();
        String standing = isOn ? sync.sentence() : Texts.text(Keys.SETTINGS_SYNC_CHECK_HINT);
        hint.setText(trouble == null ? standing : trouble);
        Controls.style(hint, Styles.PROBLEM, trouble != null);
        List<SyncAction> wanted = sync.actions();
        List<String> ids = wanted.stream().map(SyncAction::id).toList();
        // The state comes anew each second; a button that is being pressed must stay the same one.
        if (!ids.equals(shown)) {
            shown = ids;
            List<Node> buttons = new ArrayList<>();
            for (SyncAction action : wanted) {
                String style = buttons.isEmpty() ? Styles.PRIMARY : Styles.PLAIN;
                buttons.add(Controls.button("settings-sync-" + action.id(), style, action.text(), action.action()));
            }
            actions.getChildren().setAll(buttons);
        }
        Controls.show(actions, !ids.isEmpty());
    }
}
