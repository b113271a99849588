package dev.tidemark.app.preferences;

import dev.tidemark.app.diagnostics.Version;
import dev.tidemark.app.errors.CopyDiagnosticsButton;
import dev.tidemark.app.errors.ErrorHelp;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.nio.file.Path;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Shows the version, the log folder and the diagnostics. */
final class AboutPage extends VBox {
    /**
     * The system property with the path of the licence list. Installed packages set the property, because they include
     * other programs.
     */
    private static final String LICENCES = "tidemark.licences";

    AboutPage(ErrorHelp help, UpdatesGroup updates) {
        Label version = new Label(shown(Version.text()));
        version.setId("about-version");
        Button open = new Button(Messages.text(Keys.DIAGNOSTICS_LOG), Controls.icon(Icons.FOLDER));
        open.setId("about-log");
        open.getStyleClass().add(Styles.PLAIN);
        SettingsRow log = new SettingsRow(Keys.SETTINGS_LOG, Keys.SETTINGS_LOG_HINT, open);
        open.setOnAction(event ->
                help.openLogFolder(failure -> log.mark(ErrorReport.of(failure).sentence(), true)));
        CopyDiagnosticsButton copy = new CopyDiagnosticsButton("about-copy", help);
        copy.getStyleClass().remove(Styles.QUIET_BUTTON);
        copy.getStyleClass().add(Styles.PLAIN);
        VBox group = Fields.group(
                new SettingsRow(Keys.APP_NAME, Keys.SETTINGS_ABOUT_HINT, version),
                new SettingsRow(Keys.SETTINGS_DIAGNOSTICS, Keys.SETTINGS_DIAGNOSTICS_HINT, copy),
                log);
        String licences = System.getProperty(LICENCES);
        if (licences != null) {
            Button list =
                    Fields.plain("about-licences", Keys.SETTINGS_LICENCES_OPEN, () -> help.open(Path.of(licences)));
            list.setGraphic(Controls.icon(Icons.NOTES));
            group.getChildren().add(new SettingsRow(Keys.SETTINGS_LICENCES, Keys.SETTINGS_LICENCES_HINT, list));
        }
        Fields.page(this, "settings-page-about", Keys.SETTINGS_ABOUT, group, updates);
    }

    /** Names a version that is not released without Maven's suffix. */
    private static String shown(String version) {
        String released = version.replace("-SNAPSHOT", "");
        return released.equals(version) ? version : Messages.text(Keys.SETTINGS_ABOUT_DEVELOPMENT, released);
    }
}
