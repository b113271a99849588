package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.CloseBehavior;
import dev.tidemark.app.settings.Contrast;
import dev.tidemark.app.settings.Density;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.Motion;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.StartView;
import dev.tidemark.app.settings.TextMerging;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Shows the settings of appearance, language, startup and closing. */
final class GeneralPage extends VBox {
    private final PreferencesViewModel model;

    GeneralPage(PreferencesViewModel model) {
        this.model = model;
        VBox appearance = Fields.group(theme(), contrast(), size(), density(), motion());
        VBox running = Fields.group(language(), start(), close(), autostart(), merging());
        Fields.page(this, "settings-page-general", Keys.SETTINGS_GENERAL, createProblem(), appearance, running);
    }

    private Label createProblem() {
        Label problem = Fields.hintLabel("settings-general-problem", Styles.PROBLEM);
        model.problemProperty().subscribe(text -> {
            problem.setText(text == null ? "" : text);
            Controls.show(problem, text != null);
        });
        return problem;
    }

    private SettingsRow theme() {
        String[] labels = {Keys.SETTINGS_THEME_SYSTEM, Keys.SETTINGS_THEME_LIGHT, Keys.SETTINGS_THEME_DARK};
        return row(Setting.THEME, Theme.values(), Keys.SETTINGS_THEME, Keys.SETTINGS_THEME_HINT, labels);
    }

    private SettingsRow contrast() {
        String[] labels = {Keys.SETTINGS_THEME_SYSTEM, Keys.SETTINGS_CONTRAST_NORMAL, Keys.SETTINGS_CONTRAST_HIGH};
        return row(Setting.CONTRAST, Contrast.values(), Keys.SETTINGS_CONTRAST, Keys.SETTINGS_CONTRAST_HINT, labels);
    }

    private SettingsRow size() {
        String[] labels = {Keys.SETTINGS_SIZE_NORMAL, Keys.SETTINGS_SIZE_LARGE, Keys.SETTINGS_SIZE_LARGEST};
        return row(Setting.TEXT_SIZE, TextSize.values(), Keys.SETTINGS_SIZE, Keys.SETTINGS_SIZE_HINT, labels);
    }

    private SettingsRow density() {
        String[] labels = {Keys.SETTINGS_DENSITY_NORMAL, Keys.SETTINGS_DENSITY_COMPACT};
        return row(Setting.LIST_DENSITY, Density.values(), Keys.SETTINGS_DENSITY, Keys.SETTINGS_DENSITY_HINT, labels);
    }

    private SettingsRow motion() {
        String[] labels = {Keys.SETTINGS_THEME_SYSTEM, Keys.SETTINGS_MOTION_FULL, Keys.SETTINGS_MOTION_REDUCED};
        return row(Setting.MOTION, Motion.values(), Keys.SETTINGS_MOTION, Keys.SETTINGS_MOTION_HINT, labels);
    }

    private SettingsRow start() {
        String[] labels = {Keys.SETTINGS_START_LAST, Keys.SETTINGS_START_INBOX, Keys.SETTINGS_START_TODAY};
        return row(Setting.START_VIEW, StartView.values(), Keys.SETTINGS_START, Keys.SETTINGS_START_HINT, labels);
    }

    private SettingsRow close() {
        String[] labels = {Keys.SETTINGS_CLOSE_QUIT, Keys.SETTINGS_CLOSE_BACKGROUND};
        return row(Setting.WINDOW_CLOSE, CloseBehavior.values(), Keys.SETTINGS_CLOSE, Keys.SETTINGS_CLOSE_HINT, labels);
    }

    /** Names each language in that language, for users who cannot read the current one. */
    private SettingsRow language() {
        SegmentedControl<Language> bar = Fields.choice(
                        "settings-language",
                        Keys.SETTINGS_LANGUAGE,
                        Language.values(),
                        choice -> model.choose(Setting.LANGUAGE, choice),
                        Keys.SETTINGS_THEME_SYSTEM)
                .with(Language.EN, ownName(Locale.ENGLISH), choice -> model.choose(Setting.LANGUAGE, choice))
                .with(Language.DE, ownName(Locale.GERMAN), choice -> model.choose(Setting.LANGUAGE, choice));
        return row(Setting.LANGUAGE, bar, Keys.SETTINGS_LANGUAGE, Keys.SETTINGS_LANGUAGE_HINT);
    }

    private static String ownName(Locale language) {
        return language.getDisplayLanguage(language);
    }

    private SettingsRow merging() {
        String[] labels = {Keys.SETTINGS_MERGE_OFF, Keys.SETTINGS_MERGE_ON};
        return row(Setting.TEXT_MERGE, TextMerging.values(), Keys.SETTINGS_MERGE, Keys.SETTINGS_MERGE_HINT, labels);
    }

    private SettingsRow autostart() {
        SegmentedControl<Boolean> bar = Fields.choice(
                "settings-autostart",
                Keys.SETTINGS_AUTOSTART,
                new Boolean[] {false, true},
                model::setAutostart,
                Keys.SETTINGS_AUTOSTART_OFF,
                Keys.SETTINGS_AUTOSTART_ON);
        SettingsRow row = new SettingsRow(Keys.SETTINGS_AUTOSTART, Keys.SETTINGS_AUTOSTART_NONE, bar);
        model.autostartProperty().subscribe(on -> {
            bar.setDisable(on == null);
            bar.select(Boolean.TRUE.equals(on));
            row.setDefaultHint(Messages.text(on == null ? Keys.SETTINGS_AUTOSTART_NONE : Keys.SETTINGS_AUTOSTART_HINT));
            row.mark(null, false);
        });
        model.problemProperty()
                .subscribe(text ->
                        bar.select(Boolean.TRUE.equals(model.autostartProperty().get())));
        return row;
    }

    private <E extends Enum<E>> SettingsRow row(
            Setting<E> setting, E[] values, String name, String hint, String... labels) {
        String id = name.replace('.', '-');
        SegmentedControl<E> bar = Fields.choice(id, name, values, value -> model.choose(setting, value), labels);
        return row(setting, bar, name, hint);
    }

    private <E extends Enum<E>> SettingsRow row(Setting<E> setting, SegmentedControl<E> bar, String name, String hint) {
        model.settingsProperty().subscribe(settings -> bar.select(settings.get(setting)));
        // Shows the stored value again after a failed save.
        model.problemProperty()
                .subscribe(text -> bar.select(model.settingsProperty().get().get(setting)));
        return new SettingsRow(name, hint, bar);
    }
}
