package dev.tidemark.app.preferences;

import dev.tidemark.app.backup.BackupsViewModel;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.BackupSchedule;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import java.net.URI;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Shows the settings of backups and history, the {@link BackupList}, and the library check. */
final class DataPage extends VBox {
    DataPage(PreferencesViewModel model, PreferencesWindow.Data data, Consumer<URI> opener) {
        BackupsViewModel backups = data.backups();
        SegmentedControl<BackupSchedule> bar = Fields.choice(
                "backups-schedule",
                Keys.SETTINGS_BACKUPS,
                BackupSchedule.values(),
                wanted -> model.choose(Setting.BACKUPS, wanted),
                Keys.SETTINGS_BACKUPS_OFF,
                Keys.SETTINGS_BACKUPS_DAILY);
        model.settingsProperty().subscribe(settings -> bar.select(settings.get(Setting.BACKUPS)));
        Button make = Fields.plain("backups-make", Keys.SETTINGS_BACKUPS_MAKE, backups::create);
        make.disableProperty().bind(backups.creatingProperty());
        SettingsRow now = new SettingsRow(Keys.SETTINGS_BACKUPS_NOW, Keys.SETTINGS_BACKUPS_NOW_HINT, make);
        Button folder = Fields.plain(
                "backups-folder",
                Keys.SETTINGS_BACKUPS_FOLDER_OPEN,
                () -> opener.accept(backups.backups().folders().backups().toUri()));
        folder.setGraphic(Controls.icon(Icons.FOLDER));
        SettingsRow where = new SettingsRow(Keys.SETTINGS_BACKUPS_FOLDER, Keys.SETTINGS_BACKUPS_FOLDER_HINT, folder);
        backups.problemProperty().subscribe(problem -> now.mark(problem, true));
        Fields.page(
                this,
                "settings-page-data",
                Keys.SETTINGS_DATA,
                Fields.group(new SettingsRow(Keys.SETTINGS_BACKUPS, Keys.SETTINGS_BACKUPS_HINT, bar), now, where),
                new BackupList(backups),
                new HistorySection(model, data.sizes()),
                new RepairSection(data.repair()));
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                backups.refresh();
                data.sizes().refresh();
                data.repair().refresh();
            }
        });
    }
}
