package dev.tidemark.app.preferences;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.BackupsViewModel;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Lists the backups of this device. The user can choose one that the next start restores. */
final class BackupList extends VBox {
    /** The maximum number of backups in the list, which shows the newest. Older backups stay in the folder. */
    private static final int MAX_SHOWN = 8;

    private final BackupsViewModel model;
    private final VBox list = new VBox(8);
    private final Label none = Fields.hintLabel("backups-none");
    private final Label plan = Fields.hintLabel("backups-plan");

    BackupList(BackupsViewModel model) {
        this.model = model;
        list.setId("backups-list");
        none.setText(Messages.text(Keys.SETTINGS_BACKUPS_NONE));
        Button keep = Fields.plain("backups-keep", Keys.SETTINGS_BACKUPS_RESTORE_NOT, () -> model.plan(null));
        HBox planned = new HBox(8, plan, keep);
        planned.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(plan, Priority.ALWAYS);
        Controls.show(planned, false);
        getChildren().setAll(Fields.group(none, new VBox(12, planned, list)));
        model.plannedProperty().subscribe(backup -> {
            plan.setText(backup == null ? "" : Messages.text(Keys.SETTINGS_BACKUPS_RESTORE_PLANNED, time(backup)));
            Controls.show(planned, backup != null);
        });
        model.allProperty().subscribe(this::show);
    }

    private void show(List<Backup> backups) {
        Controls.show(none, backups.isEmpty());
        list.getChildren()
                .setAll(backups.stream().limit(MAX_SHOWN).map(this::line).toList());
    }

    private HBox line(Backup backup) {
        Label when = Controls.styled(new Label(time(backup)), Styles.SETTINGS_NAME);
        Label size = Controls.styled(new Label(FileSizeFormat.of(backup.bytes())), Styles.SETTINGS_HINT);
        String id = backup.name().replaceAll("[^0-9TZ]", "");
        size.setId("backup-size-" + id);
        Button restore = Fields.plain("backup-restore-" + id, Keys.SETTINGS_BACKUPS_RESTORE, () -> model.plan(backup));
        restore.setAccessibleText(Messages.text(Keys.COMMAND_CHOICE, restore.getText(), when.getText()));
        HBox line = new HBox(8, when, Controls.spacer(), size, restore);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static String time(Backup backup) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withZone(ZoneId.systemDefault())
                .format(backup.at());
    }
}
