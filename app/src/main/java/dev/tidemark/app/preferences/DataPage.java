package dev.tidemark.app.preferences;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.BackupsViewModel;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.repair.RepairViewModel;
import dev.tidemark.app.settings.BackupSchedule;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.net.URI;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The settings of backups, and the backups of this device. */
final class DataPage extends VBox {
    /** The folder has them all. */
    private static final int MAX_SHOWN = 8;

    private final VBox list = new VBox(4);
    private final Label none = Fields.note("backups-none");

    DataPage(PreferencesViewModel model, BackupsViewModel backups, RepairViewModel repair, Consumer<URI> opener) {
        SegmentedControl<BackupSchedule> bar = Fields.choice(
                "backups-schedule",
                Keys.SETTINGS_BACKUPS,
                BackupSchedule.values(),
                wanted -> model.choose(Setting.BACKUPS, wanted),
                Keys.SETTINGS_BACKUPS_OFF,
                Keys.SETTINGS_BACKUPS_DAILY);
        model.settingsProperty().subscribe(settings -> bar.select(settings.get(Setting.BACKUPS)));
        Button make = Fields.plain("backups-make", Keys.SETTINGS_BACKUPS_MAKE, backups::make);
        make.disableProperty().bind(backups.makingProperty());
        SettingsRow now = new SettingsRow(Keys.SETTINGS_BACKUPS_NOW, Keys.SETTINGS_BACKUPS_NOW_HINT, make);
        Button folder = Fields.plain(
                "backups-folder",
                Keys.SETTINGS_BACKUPS_FOLDER_OPEN,
                () -> opener.accept(backups.backups().folders().backups().toUri()));
        folder.setGraphic(Controls.icon(Icons.FOLDER));
        SettingsRow where = new SettingsRow(Keys.SETTINGS_BACKUPS_FOLDER, Keys.SETTINGS_BACKUPS_FOLDER_HINT, folder);
        backups.problemProperty().subscribe(problem -> now.mark(problem, true));
        none.setText(Messages.text(Keys.SETTINGS_BACKUPS_NONE));
        backups.allProperty().subscribe(this::show);
        list.setId("backups-list");
        Fields.page(
                this,
                "settings-page-data",
                Keys.SETTINGS_DATA,
                Fields.group(new SettingsRow(Keys.SETTINGS_BACKUPS, Keys.SETTINGS_BACKUPS_HINT, bar), now, where),
                Fields.group(none, list),
                new RepairSection(repair));
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                backups.refresh();
            }
        });
    }

    private void show(List<Backup> backups) {
        Controls.show(none, backups.isEmpty());
        list.getChildren()
                .setAll(backups.stream().limit(MAX_SHOWN).map(DataPage::line).toList());
    }

    private static HBox line(Backup backup) {
        Label when = Controls.styled(
                new Label(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                        .withZone(ZoneId.systemDefault())
                        .format(backup.at())),
                Styles.SETTINGS_NAME);
        Label size = Controls.styled(new Label(FileSizeFormat.of(backup.bytes())), Styles.SETTINGS_HINT);
        return new HBox(8, when, Controls.spacer(), size);
    }
}
