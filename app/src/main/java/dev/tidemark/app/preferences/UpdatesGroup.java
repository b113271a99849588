package dev.tidemark.app.preferences;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.UpdateCheck;
import dev.tidemark.app.updates.UpdateStatus;
import dev.tidemark.app.updates.UpdatesViewModel;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.net.URI;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the settings and the result of the update check. */
final class UpdatesGroup extends VBox {
    private final SettingsRow check;
    private final TextField address;
    private final Button checkNow;
    private final Button page;
    private final HBox buttons;
    private final UpdatesViewModel updates;
    private @Nullable URI newer;

    UpdatesGroup(PreferencesViewModel model, UpdatesViewModel updates, Consumer<URI> opener) {
        this.updates = updates;
        getStyleClass().add(Styles.SETTINGS_GROUP);
        SegmentedControl<UpdateCheck> bar = Fields.choice(
                "updates-check",
                Keys.SETTINGS_UPDATES,
                UpdateCheck.values(),
                wanted -> model.choose(Setting.UPDATES_CHECK, wanted),
                Keys.SETTINGS_UPDATES_CHECK_OFF,
                Keys.SETTINGS_UPDATES_CHECK_DAILY);
        check = new SettingsRow(Keys.SETTINGS_UPDATES, "", bar);
        check.hint().setId("updates-standing");
        address = Fields.submitting(
                "updates-address",
                Keys.SETTINGS_UPDATES_ADDRESS,
                Messages.text(Keys.SETTINGS_UPDATES_ADDRESS_PROMPT),
                Styles.SETTING,
                model::setUpdatesUrl);
        SettingsRow row = new SettingsRow(Keys.SETTINGS_UPDATES_ADDRESS, Keys.SETTINGS_UPDATES_ADDRESS_HINT, address);
        checkNow = Fields.plain("updates-look", Keys.SETTINGS_UPDATES_LOOK, updates::checkNow);
        page = Fields.plain("updates-page", Keys.SETTINGS_UPDATES_OPEN, () -> {
            if (newer != null) {
                opener.accept(newer);
            }
        });
        page.setGraphic(Controls.icon(Icons.OUTSIDE));
        buttons = new HBox(checkNow, page);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        getChildren().setAll(check, row, buttons);
        model.settingsProperty().subscribe(settings -> {
            bar.select(settings.get(Setting.UPDATES_CHECK));
            if (!address.isFocused()) {
                address.setText(
                        settings.get(Setting.UPDATES_URL).map(URI::toString).orElse(""));
            }
        });
        model.updatesProblemProperty().subscribe(problem -> row.mark(problem, true));
        updates.statusProperty().subscribe(this::show);
    }

    private void show(UpdateStatus status) {
        UpdateStatus.State state = status.state();
        newer = status.newer() == null ? null : status.newer().page();
        check.setDefaultHint(text(status));
        check.mark(null, false);
        if (state == UpdateStatus.State.FAILED) {
            check.mark(text(status), false);
        }
        checkNow.setDisable(state == UpdateStatus.State.CHECKING);
        Controls.show(page, newer != null);
        Controls.show(buttons, state != UpdateStatus.State.OFF && state != UpdateStatus.State.NO_ADDRESS);
    }

    private String text(UpdateStatus status) {
        return switch (status.state()) {
            case OFF -> Messages.text(Keys.SETTINGS_UPDATES_OFF);
            case NO_ADDRESS -> Messages.text(Keys.SETTINGS_UPDATES_NOWHERE);
            case NOT_YET -> Messages.text(Keys.SETTINGS_UPDATES_NOT_YET);
            case CHECKING -> Messages.text(Keys.SETTINGS_UPDATES_ASKING);
            case FAILED ->
                Messages.text(
                        Keys.SETTINGS_UPDATES_FAILED,
                        status.problem() == null
                                ? Messages.text(Keys.SETTINGS_UPDATES_NO_ANSWER, ago(status))
                                : status.problem());
            case CURRENT -> Messages.text(Keys.SETTINGS_UPDATES_CURRENT, ago(status));
            case NEWER ->
                Messages.text(
                        Keys.SETTINGS_UPDATES_NEWER,
                        Objects.requireNonNull(status.newer()).version());
        };
    }

    private String ago(UpdateStatus status) {
        return RelativeTimeFormat.of(Objects.requireNonNull(status.checkedAt()), updates.now(), ZoneId.systemDefault());
    }
}
