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
import java.nio.file.Path;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Which version this is, and what helps those who look into a trouble. */
final class AboutPage extends VBox {
    /** Where packages say that the list of licences lies; they bring other people's programs with them. */
    private static final String LICENCES = "tidemark.licences";

    /** @param updates what newer versions there are */
    AboutPage(TroubleHelp help, UpdatesGroup updates) {
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-about");
        Label title = new Label(Texts.text(Keys.SETTINGS_ABOUT));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        Label version = new Label(Version.text());
        version.setId("about-version");
        Button open = new Button(Texts.text(Keys.DIAGNOSTICS_LOG), Controls.icon(Icons.FOLDER));
        open.setId("about-log");
        open.getStyleClass().add(Styles.PLAIN);
        SettingsRow log = new SettingsRow(Texts.text(Keys.SETTINGS_LOG), Texts.text(Keys.SETTINGS_LOG_HINT), open);
        open.setOnAction(event ->
                help.openLogFolder(failure -> log.mark(Trouble.of(failure).sentence(), true)));
        CopyDiagnosticsButton copy = new CopyDiagnosticsButton("about-copy", help);
        copy.getStyleClass().remove(Styles.QUIET_BUTTON);
        copy.getStyleClass().add(Styles.PLAIN);
        VBox group = new VBox(
                new SettingsRow(Texts.text(Keys.APP_NAME), Texts.text(Keys.SETTINGS_ABOUT_HINT), version),
                new SettingsRow(
                        Texts.text(Keys.SETTINGS_DIAGNOSTICS), Texts.text(Keys.SETTINGS_DIAGNOSTICS_HINT), copy),
                log);
        String licences = System.getProperty(LICENCES);
        if (licences != null) {
            group.getChildren().add(licences(Path.of(licences), help));
        }
        group.getStyleClass().add(Styles.SETTINGS_GROUP);
        getChildren().setAll(title, group, updates);
    }

    private static SettingsRow licences(Path list, TroubleHelp help) {
        Button open = new Button(Texts.text(Keys.SETTINGS_LICENCES_OPEN), Controls.icon(Icons.NOTES));
        open.setId("about-licences");
        open.getStyleClass().add(Styles.PLAIN);
        open.setOnAction(event -> help.open(list));
        return new SettingsRow(Texts.text(Keys.SETTINGS_LICENCES), Texts.text(Keys.SETTINGS_LICENCES_HINT), open);
    }
}
