package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.engine.remote.SyncCost;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/** Shows the settings of sync: storage, connection test, encryption, interval and device name. */
final class SyncPage extends VBox {
    /** The number of edits per day of an average user, for the cost estimate. */
    private static final int EDITS_A_DAY = 20;

    private static final List<Long> INTERVALS = List.of(5L, 15L, 30L, 60L, 300L, 900L);

    private final PreferencesViewModel model;
    private final SegmentedControl<SyncTarget> target;
    private final TextField name;
    private final Button interval;
    private final Button test;
    private final Button save;
    private final Button now;
    private final SettingsRow targetRow;
    private final SettingsRow folderRow;
    private final BucketForm bucket;
    private final SyncStatusSection statusSection;
    private final SettingsRow intervalRow;
    private final SettingsRow costRow;
    private final EncryptionGroup encryption;
    private final Label problem = Fields.hintLabel("settings-problem", Styles.PROBLEM);
    private final Label waiting = Fields.hintLabel("settings-waiting");

    SyncPage(PreferencesViewModel model, SyncViewModel sync) {
        this.model = model;
        target = Fields.choice(
                "settings-sync-target",
                Keys.SETTINGS_SYNC_TARGET,
                SyncTarget.values(),
                model::setTarget,
                Keys.SETTINGS_SYNC_TARGET_OFF,
                Keys.SETTINGS_SYNC_TARGET_FOLDER,
                Keys.SETTINGS_SYNC_TARGET_S3);
        targetRow = new SettingsRow(Keys.SETTINGS_SYNC_TARGET, "", target);
        test = Fields.plain("settings-sync-test", Keys.SETTINGS_SYNC_TEST, this::test);
        save = Fields.primary("settings-sync-save", Keys.SETTINGS_SYNC_SAVE, model::saveBucket);
        now = Fields.plain("settings-sync-now", Keys.SETTINGS_SYNC_NOW, sync::syncNow);
        folderRow = createFolderRow();
        bucket = new BucketForm(model);
        HBox buttons = new HBox(now, test, save);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        statusSection = new SyncStatusSection(model, sync, buttons);
        interval = Fields.menu(
                "settings-sync-interval",
                Keys.SETTINGS_SYNC_INTERVAL,
                INTERVALS,
                SyncPage::intervalText,
                model::setInterval);
        intervalRow = new SettingsRow(Keys.SETTINGS_SYNC_INTERVAL, Keys.SETTINGS_SYNC_INTERVAL_HINT, interval);
        Label cost = new Label();
        cost.setId("settings-sync-cost");
        costRow = new SettingsRow(Keys.SETTINGS_COST, "", cost);
        encryption = new EncryptionGroup(model.encryption(), sync);
        name = Fields.submitting(
                "settings-device-name", Keys.SETTINGS_SYNC_NAME, "", Styles.SHORT, model::setDeviceName);
        SettingsRow nameRow = new SettingsRow(Keys.SETTINGS_SYNC_NAME, Keys.SETTINGS_SYNC_NAME_HINT, name);
        waiting.setText(Messages.text(Keys.SETTINGS_SECRET_WAITING));
        // Shows problems above the many fields of a bucket, so that users see the problems without scrolling.
        VBox storage =
                Fields.group(targetRow, folderRow, statusSection, new TestSteps(model), problem, waiting, bucket);
        VBox device = Fields.group(nameRow, intervalRow, costRow);
        Fields.page(this, "settings-page-sync", Keys.SETTINGS_SYNC, storage, encryption, device);
        bind();
    }

    private void bind() {
        model.settingsProperty().subscribe(this::showSettings);
        model.targetProperty().subscribe(this::showTarget);
        model.problemProperty().subscribe(text -> {
            problem.setText(text == null ? "" : text);
            Controls.show(problem, text != null);
        });
        model.keychainAwaitedProperty().subscribe(awaited -> {
            Controls.show(waiting, awaited);
            showButtons();
        });
        model.test().runningProperty().subscribe(running -> showButtons());
        model.bucket().listen(this::showButtons);
    }

    private SettingsRow createFolderRow() {
        Button choose = Fields.plain("settings-sync-folder", Keys.SETTINGS_SYNC_FOLDER_CHOOSE, this::chooseFolder);
        SettingsRow row = new SettingsRow(Keys.SETTINGS_SYNC_FOLDER, "", choose);
        row.hint().setId("settings-sync-path");
        row.hint().setWrapText(false);
        row.hint().setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return row;
    }

    private static String intervalText(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        return seconds % 60 == 0
                ? Messages.text(Keys.SETTINGS_SYNC_INTERVAL_MINUTES, duration.toMinutes())
                : Messages.text(Keys.SETTINGS_SYNC_INTERVAL_SECONDS, seconds);
    }

    private void showTarget(SyncTarget wanted) {
        target.select(wanted);
        targetRow.mark(
                Messages.text(
                        switch (wanted) {
                            case OFF -> Keys.SETTINGS_SYNC_TARGET_OFF_HINT;
                            case FOLDER -> Keys.SETTINGS_SYNC_TARGET_HINT;
                            case S3 -> Keys.SETTINGS_SYNC_TARGET_S3_HINT;
                        }),
                false);
        Controls.toggleStyle(targetRow.hint(), Styles.CAUTION, false);
        Controls.show(folderRow, wanted == SyncTarget.FOLDER);
        Controls.show(bucket, wanted == SyncTarget.S3);
        Controls.show(statusSection, wanted != SyncTarget.OFF);
        Controls.show(encryption, wanted != SyncTarget.OFF);
        Controls.show(intervalRow, wanted != SyncTarget.OFF);
        Controls.show(costRow, wanted == SyncTarget.S3);
        Controls.show(save, wanted == SyncTarget.S3);
        showButtons();
    }

    private void showSettings(Settings settings) {
        if (!name.isFocused()) {
            name.setText(settings.get(Setting.DEVICE_NAME));
        }
        interval.setText(intervalText(settings.get(Setting.SYNC_INTERVAL).toSeconds()));
        folderRow
                .hint()
                .setText(settings.syncFolder()
                        .map(folder -> HomePath.shown(folder, Path.of(System.getProperty("user.home"))))
                        .orElse(Messages.text(Keys.SETTINGS_SYNC_FOLDER_NONE)));
        SyncCost idle = SyncCost.idleMonth(settings.get(Setting.SYNC_INTERVAL));
        SyncCost used = SyncCost.month(settings.get(Setting.SYNC_INTERVAL), EDITS_A_DAY);
        costRow.hint()
                .setText(Messages.text(
                        Keys.SETTINGS_COST_HINT, idle.requests(), idle.dollars(), EDITS_A_DAY, used.dollars()));
        showButtons();
    }

    private void showButtons() {
        boolean testing = model.test().runningProperty().get();
        boolean isBucket = model.targetProperty().get() == SyncTarget.S3;
        Settings settings = model.settingsProperty().get();
        boolean chosen = isBucket
                ? model.bucket().url().isPresent()
                : settings.syncFolder().isPresent();
        test.setText(Messages.text(testing ? Keys.SETTINGS_SYNC_TEST_CANCEL : Keys.SETTINGS_SYNC_TEST));
        test.setAccessibleText(test.getText());
        test.setDisable(!chosen);
        save.setDisable(!model.isBucketChanged());
        now.setDisable(settings.get(Setting.SYNC_TARGET) == SyncTarget.OFF || !model.isTargetStored());
    }

    private void test() {
        if (model.test().runningProperty().get()) {
            model.test().cancel();
        } else {
            model.testConnection();
        }
    }

    private void chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text(Keys.SETTINGS_SYNC_FOLDER_TITLE));
        model.settingsProperty()
                .get()
                .syncFolder()
                .filter(Files::isDirectory)
                .ifPresent(folder -> chooser.setInitialDirectory(folder.toFile()));
        File chosen = chooser.showDialog(getScene().getWindow());
        if (chosen != null) {
            model.setFolder(chosen.toPath());
        }
    }
}
