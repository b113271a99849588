package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.ChoiceBar;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** How the program looks. */
final class GeneralPage extends VBox {
    GeneralPage(PreferencesViewModel model) {
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-general");
        Label title = new Label(Texts.text(Keys.SETTINGS_GENERAL));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        ChoiceBar<Theme> theme = new ChoiceBar<Theme>("settings-theme", Texts.text(Keys.SETTINGS_THEME))
                .with(Theme.SYSTEM, Texts.text(Keys.SETTINGS_THEME_SYSTEM), model::setTheme)
                .with(Theme.LIGHT, Texts.text(Keys.SETTINGS_THEME_LIGHT), model::setTheme)
                .with(Theme.DARK, Texts.text(Keys.SETTINGS_THEME_DARK), model::setTheme);
        model.settingsProperty().subscribe(settings -> theme.select(settings.theme()));
        VBox group =
                new VBox(new SettingsRow(Texts.text(Keys.SETTINGS_THEME), Texts.text(Keys.SETTINGS_THEME_HINT), theme));
        group.getStyleClass().add(Styles.SETTINGS_GROUP);
        getChildren().setAll(title, group);
    }
}
