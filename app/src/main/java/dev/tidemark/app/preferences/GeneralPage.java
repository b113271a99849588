package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.CloseBehavior;
import dev.tidemark.app.settings.Contrast;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.Motion;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.app.settings.StartView;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** How the program looks, and when it runs. */
final class GeneralPage extends VBox {
    private final PreferencesViewModel model;

    GeneralPage(PreferencesViewModel model) {
        this.model = model;
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-general");
        Label title = new Label(Messages.text(Keys.SETTINGS_GENERAL));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        VBox looks = new VBox(theme(), contrast(), size(), motion());
        VBox running = new VBox(language(), start(), close(), autostart());
        for (VBox group : List.of(looks, running)) {
            group.getStyleClass().add(Styles.SETTINGS_GROUP);
        }
        getChildren().setAll(title, createProblem(), looks, running);
    }

    /** Why the last choice could not be stored. */
    private Label createProblem() {
        Label problem = new Label();
        problem.setId("settings-general-problem");
        problem.getStyleClass().addAll(Styles.SETTINGS_HINT, Styles.PROBLEM);
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        model.problemProperty().subscribe(text -> {
            problem.setText(text == null ? "" : text);
            Controls.show(problem, text != null);
        });
        return problem;
    }

    /** Each language by its own name, for those who do not understand the present one. */
    private SettingsRow language() {
        SegmentedControl<Language> bar = new SegmentedControl<Language>(
                        "settings-language", Messages.text(Keys.SETTINGS_LANGUAGE))
                .with(Language.SYSTEM, Messages.text(Keys.SETTINGS_THEME_SYSTEM), choose(SettingsKey.LANGUAGE))
                .with(Language.EN, ownName(Locale.ENGLISH), choose(SettingsKey.LANGUAGE))
                .with(Language.DE, ownName(Locale.GERMAN), choose(SettingsKey.LANGUAGE));
        return row(bar, Keys.SETTINGS_LANGUAGE, Keys.SETTINGS_LANGUAGE_HINT, Settings::language);
    }

    private static String ownName(Locale language) {
        return language.getDisplayLanguage(language);
    }

    private SettingsRow start() {
        SegmentedControl<StartView> bar = new SegmentedControl<StartView>(
                        "settings-start", Messages.text(Keys.SETTINGS_START))
                .with(StartView.LAST, Messages.text(Keys.SETTINGS_START_LAST), choose(SettingsKey.START_VIEW))
                .with(StartView.INBOX, Messages.text(Keys.SETTINGS_START_INBOX), choose(SettingsKey.START_VIEW))
                .with(StartView.TODAY, Messages.text(Keys.SETTINGS_START_TODAY), choose(SettingsKey.START_VIEW));
        return row(bar, Keys.SETTINGS_START, Keys.SETTINGS_START_HINT, Settings::startView);
    }

    private SettingsRow close() {
        SegmentedControl<CloseBehavior> bar = new SegmentedControl<CloseBehavior>(
                        "settings-close", Messages.text(Keys.SETTINGS_CLOSE))
                .with(CloseBehavior.QUIT, Messages.text(Keys.SETTINGS_CLOSE_QUIT), choose(SettingsKey.WINDOW_CLOSE))
                .with(
                        CloseBehavior.BACKGROUND,
                        Messages.text(Keys.SETTINGS_CLOSE_BACKGROUND),
                        choose(SettingsKey.WINDOW_CLOSE));
        return row(bar, Keys.SETTINGS_CLOSE, Keys.SETTINGS_CLOSE_HINT, Settings::whenClosed);
    }

    private SettingsRow autostart() {
        SegmentedControl<Boolean> bar = new SegmentedControl<Boolean>(
                        "settings-autostart", Messages.text(Keys.SETTINGS_AUTOSTART))
                .with(false, Messages.text(Keys.SETTINGS_AUTOSTART_OFF), model::setAutostart)
                .with(true, Messages.text(Keys.SETTINGS_AUTOSTART_ON), model::setAutostart);
        SettingsRow row = new SettingsRow(
                Messages.text(Keys.SETTINGS_AUTOSTART), Messages.text(Keys.SETTINGS_AUTOSTART_NONE), bar);
        model.autostartProperty().subscribe(on -> {
            bar.setDisable(on == null);
            bar.select(Boolean.TRUE.equals(on));
            row.setUsual(Messages.text(on == null ? Keys.SETTINGS_AUTOSTART_NONE : Keys.SETTINGS_AUTOSTART_HINT));
            row.mark(null, false);
        });
        model.problemProperty()
                .subscribe(text ->
                        bar.select(Boolean.TRUE.equals(model.autostartProperty().get())));
        return row;
    }

    private SettingsRow theme() {
        SegmentedControl<Theme> bar = new SegmentedControl<Theme>("settings-theme", Messages.text(Keys.SETTINGS_THEME))
                .with(Theme.SYSTEM, Messages.text(Keys.SETTINGS_THEME_SYSTEM), choose(SettingsKey.THEME))
                .with(Theme.LIGHT, Messages.text(Keys.SETTINGS_THEME_LIGHT), choose(SettingsKey.THEME))
                .with(Theme.DARK, Messages.text(Keys.SETTINGS_THEME_DARK), choose(SettingsKey.THEME));
        return row(bar, Keys.SETTINGS_THEME, Keys.SETTINGS_THEME_HINT, Settings::theme);
    }

    private SettingsRow contrast() {
        SegmentedControl<Contrast> bar = new SegmentedControl<Contrast>(
                        "settings-contrast", Messages.text(Keys.SETTINGS_CONTRAST))
                .with(Contrast.SYSTEM, Messages.text(Keys.SETTINGS_THEME_SYSTEM), choose(SettingsKey.CONTRAST))
                .with(Contrast.NORMAL, Messages.text(Keys.SETTINGS_CONTRAST_NORMAL), choose(SettingsKey.CONTRAST))
                .with(Contrast.HIGH, Messages.text(Keys.SETTINGS_CONTRAST_HIGH), choose(SettingsKey.CONTRAST));
        return row(bar, Keys.SETTINGS_CONTRAST, Keys.SETTINGS_CONTRAST_HINT, Settings::contrast);
    }

    private SettingsRow size() {
        SegmentedControl<TextSize> bar = new SegmentedControl<TextSize>(
                        "settings-size", Messages.text(Keys.SETTINGS_SIZE))
                .with(TextSize.NORMAL, Messages.text(Keys.SETTINGS_SIZE_NORMAL), choose(SettingsKey.TEXT_SIZE))
                .with(TextSize.LARGE, Messages.text(Keys.SETTINGS_SIZE_LARGE), choose(SettingsKey.TEXT_SIZE))
                .with(TextSize.LARGEST, Messages.text(Keys.SETTINGS_SIZE_LARGEST), choose(SettingsKey.TEXT_SIZE));
        return row(bar, Keys.SETTINGS_SIZE, Keys.SETTINGS_SIZE_HINT, Settings::textSize);
    }

    private SettingsRow motion() {
        SegmentedControl<Motion> bar = new SegmentedControl<Motion>(
                        "settings-motion", Messages.text(Keys.SETTINGS_MOTION))
                .with(Motion.SYSTEM, Messages.text(Keys.SETTINGS_THEME_SYSTEM), choose(SettingsKey.MOTION))
                .with(Motion.FULL, Messages.text(Keys.SETTINGS_MOTION_FULL), choose(SettingsKey.MOTION))
                .with(Motion.REDUCED, Messages.text(Keys.SETTINGS_MOTION_REDUCED), choose(SettingsKey.MOTION));
        return row(bar, Keys.SETTINGS_MOTION, Keys.SETTINGS_MOTION_HINT, Settings::motion);
    }

    private <E extends Enum<E>> Consumer<E> choose(SettingsKey key) {
        return value -> model.choose(key, value);
    }

    private <E extends Enum<E>> SettingsRow row(
            SegmentedControl<E> bar, String name, String hint, Function<Settings, E> present) {
        model.settingsProperty().subscribe(settings -> bar.select(present.apply(settings)));
        // A choice that could not be stored is not shown as if it were.
        model.problemProperty()
                .subscribe(text ->
                        bar.select(present.apply(model.settingsProperty().get())));
        return new SettingsRow(Messages.text(name), Messages.text(hint), bar);
    }
}
