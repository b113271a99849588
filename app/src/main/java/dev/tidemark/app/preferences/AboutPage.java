package dev.tidemark.app.preferences;

import dev.tidemark.app.cli.Version;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.trouble.CopyDiagnosticsButton;
import dev.tidemark.app.trouble.Trouble;
import dev.tidemark.app.trouble.TroubleHelp;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Which version this is, and what helps those who look into a trouble. */
final class AboutPage extends VBox {
    AboutPage(TroubleHelp help) {
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-about");
        Label title = new Label(Texts.text(Keys.SETTINGS_ABOUT));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        Label version = new Label(Version.text());
        version.setId("about-version");
        Button open = new Button(Texts.text(Keys.DIAGNOSTICS_LOG), Controls.icon(Icons.FOLDER));
        open.setId("about-log");
        open.getStyleClass().add(Styles.QUIET_BUTTON);
        SettingsRow log = new SettingsRow(Texts.text(Keys.SETTINGS_LOG), Texts.text(Keys.SETTINGS_LOG_HINT), open);
        open.setOnAction(event ->
                help.openLogFolder(failure -> log.mark(Trouble.of(failure).sentence(), true)));
        VBox group = new VBox(
                new SettingsRow(Texts.text(Keys.APP_NAME), Texts.text(Keys.SETTINGS_ABOUT_HINT), version),
                new SettingsRow(
                        Texts.text(Keys.SETTINGS_DIAGNOSTICS),
                        Texts.text(Keys.SETTINGS_DIAGNOSTICS_HINT),
                        new CopyDiagnosticsButton("about-copy", help)),
                log);
        group.getStyleClass().add(Styles.SETTINGS_GROUP);
        getChildren().setAll(title, group);
    }
}
