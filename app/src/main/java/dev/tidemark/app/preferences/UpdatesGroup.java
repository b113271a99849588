package dev.tidemark.app.preferences;

import dev.tidemark.app.detail.AgoText;
import dev.tidemark.app.fx.ChoiceBar;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.app.settings.UpdateCheck;
import dev.tidemark.app.updates.Standing;
import dev.tidemark.app.updates.UpdatesViewModel;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Whether somebody is asked for newer versions, who, and what came of it. */
final class UpdatesGroup extends VBox {
    private static final double WIDTH = 300;

    private final PreferencesViewModel model;
    private final SettingsRow check;
    private final TextField address = new TextField();
    private final Button look;
    private final Button page;
    private final HBox buttons;
    private @Nullable URI newer;

    /** @param opener has the system open an address */
    UpdatesGroup(PreferencesViewModel model, UpdatesViewModel updates, Consumer<URI> opener) {
        this.model = model;
        getStyleClass().add(Styles.SETTINGS_GROUP);
        ChoiceBar<UpdateCheck> bar = new ChoiceBar<UpdateCheck>("updates-check", Texts.text(Keys.SETTINGS_UPDATES))
                .with(UpdateCheck.OFF, Texts.text(Keys.SETTINGS_UPDATES_CHECK_OFF), this::choose)
                .with(UpdateCheck.DAILY, Texts.text(Keys.SETTINGS_UPDATES_CHECK_DAILY), this::choose);
        check = new SettingsRow(Texts.text(Keys.SETTINGS_UPDATES), "", bar);
        check.hint().setId("updates-standing");
        SettingsRow row = createAddress();
        look = Controls.button("updates-look", Styles.PLAIN, Texts.text(Keys.SETTINGS_UPDATES_LOOK), updates::lookNow);
        page = Controls.button("updates-page", Styles.PLAIN, Texts.text(Keys.SETTINGS_UPDATES_OPEN), () -> {
            if (newer != null) {
                opener.accept(newer);
            }
        });
        page.setGraphic(Controls.icon(Icons.OUTSIDE));
        buttons = new HBox(look, page);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        getChildren().setAll(check, row, buttons);
        model.settingsProperty().subscribe(settings -> {
            bar.select(settings.updateCheck());
            if (!address.isFocused()) {
                address.setText(settings.updatesUrl().map(URI::toString).orElse(""));
            }
        });
        model.updatesProblemProperty().subscribe(problem -> row.mark(problem, true));
        updates.standingProperty().subscribe(this::show);
    }

    private void choose(UpdateCheck wanted) {
        model.choose(SettingsKey.UPDATES_CHECK, wanted);
    }

    private SettingsRow createAddress() {
        address.setId("updates-address");
        address.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED);
        address.setPromptText(Texts.text(Keys.SETTINGS_UPDATES_ADDRESS_PROMPT));
        address.setAccessibleText(Texts.text(Keys.SETTINGS_UPDATES_ADDRESS));
        address.setPrefWidth(WIDTH);
        address.setOnAction(event -> model.setUpdatesUrl(address.getText()));
        address.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                model.setUpdatesUrl(address.getText());
            }
        });
        return new SettingsRow(
                Texts.text(Keys.SETTINGS_UPDATES_ADDRESS), Texts.text(Keys.SETTINGS_UPDATES_ADDRESS_HINT), address);
    }

    private void show(Standing standing) {
        Standing.State state = standing.state();
        newer = standing.newer() == null ? null : standing.newer().page();
        check.setUsual(words(standing));
        check.mark(null, false);
        if (state == Standing.State.FAILED) {
            check.mark(words(standing), false);
        }
        look.setDisable(state == Standing.State.ASKING);
        Controls.show(page, newer != null);
        Controls.show(buttons, state != Standing.State.OFF && state != Standing.State.NOWHERE);
    }

    private static String words(Standing standing) {
        return switch (standing.state()) {
            case OFF -> Texts.text(Keys.SETTINGS_UPDATES_OFF);
            case NOWHERE -> Texts.text(Keys.SETTINGS_UPDATES_NOWHERE);
            case NOT_YET -> Texts.text(Keys.SETTINGS_UPDATES_NOT_YET);
            case ASKING -> Texts.text(Keys.SETTINGS_UPDATES_ASKING);
            case FAILED ->
                Texts.text(
                        Keys.SETTINGS_UPDATES_FAILED,
                        standing.problem() == null
                                ? Texts.text(Keys.SETTINGS_UPDATES_NO_ANSWER, ago(standing))
                                : standing.problem());
            case CURRENT -> Texts.text(Keys.SETTINGS_UPDATES_CURRENT, ago(standing));
            case NEWER ->
                Texts.text(
                        Keys.SETTINGS_UPDATES_NEWER,
                        Objects.requireNonNull(standing.newer()).version());
        };
    }

    private static String ago(Standing standing) {
        return AgoText.of(Objects.requireNonNull(standing.asked()), Instant.now(), ZoneId.systemDefault());
    }
}
