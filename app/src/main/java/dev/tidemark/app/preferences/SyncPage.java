package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.engine.sync.SyncCost;
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

/** What the library is synced through, how often, and under which name; to be tried out on the spot. */
final class SyncPage extends VBox {
    /** Of a person who uses it. */
    private static final int EDITS_A_DAY = 20;

    private static final List<Long> INTERVALS = List.of(5L, 15L, 30L, 60L, 300L, 900L);

    private final PreferencesViewModel model;
    private final SegmentedControl<SyncTarget> target;
    private final TextField name = new TextField();
    private final Button interval;
    private final Button test;
    private final Button save;
    private final Button now;
    private final SettingsRow targetRow;
    private final SettingsRow folderRow;
    private final BucketForm bucket;
    private final SyncStatusSection standing;
    private final SettingsRow intervalRow;
    private final SettingsRow costRow;
    private final EncryptionGroup encryption;
    private final Label problem = new Label();
    private final Label waiting = new Label(Messages.text(Keys.SETTINGS_SECRET_WAITING));

    SyncPage(PreferencesViewModel model, SyncViewModel sync) {
        this.model = model;
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-sync");
        Label title = new Label(Messages.text(Keys.SETTINGS_SYNC));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        target = new SegmentedControl<SyncTarget>("settings-sync-target", Messages.text(Keys.SETTINGS_SYNC_TARGET))
                .with(SyncTarget.OFF, Messages.text(Keys.SETTINGS_SYNC_TARGET_OFF), model::setTarget)
                .with(SyncTarget.FOLDER, Messages.text(Keys.SETTINGS_SYNC_TARGET_FOLDER), model::setTarget)
                .with(SyncTarget.S3, Messages.text(Keys.SETTINGS_SYNC_TARGET_S3), model::setTarget);
        targetRow = new SettingsRow(Messages.text(Keys.SETTINGS_SYNC_TARGET), "", target);
        test = Controls.button("settings-sync-test", Styles.PLAIN, Messages.text(Keys.SETTINGS_SYNC_TEST), this::test);
        save = Controls.button(
                "settings-sync-save", Styles.PRIMARY, Messages.text(Keys.SETTINGS_SYNC_SAVE), model::saveBucket);
        now = Controls.button("settings-sync-now", Styles.PLAIN, Messages.text(Keys.SETTINGS_SYNC_NOW), sync::syncNow);
        folderRow = createFolderRow();
        bucket = new BucketForm(model);
        HBox buttons = new HBox(now, test, save);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        standing = new SyncStatusSection(model, sync, buttons);
        interval = Fields.menu(
                "settings-sync-interval",
                Messages.text(Keys.SETTINGS_SYNC_INTERVAL),
                INTERVALS,
                SyncPage::intervalText,
                model::setInterval);
        intervalRow = new SettingsRow(
                Messages.text(Keys.SETTINGS_SYNC_INTERVAL), Messages.text(Keys.SETTINGS_SYNC_INTERVAL_HINT), interval);
        Label cost = new Label();
        cost.setId("settings-sync-cost");
        costRow = new SettingsRow(Messages.text(Keys.SETTINGS_COST), "", cost);
        encryption = new EncryptionGroup(model.encryption(), sync);
        problem.getStyleClass().addAll(Styles.SETTINGS_HINT, Styles.PROBLEM);
        problem.setId("settings-problem");
        problem.setWrapText(true);
        waiting.getStyleClass().add(Styles.SETTINGS_HINT);
        waiting.setId("settings-waiting");
        // Above the many fields of a bucket: who comes because something is wrong sees it at once.
        VBox place = new VBox(targetRow, folderRow, standing, new TestSteps(model), problem, waiting, bucket);
        place.getStyleClass().add(Styles.SETTINGS_GROUP);
        VBox device = new VBox(createNameRow(), intervalRow, costRow);
        device.getStyleClass().add(Styles.SETTINGS_GROUP);
        getChildren().setAll(title, place, encryption, device);
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
        model.bucket().addressProperty().subscribe(text -> showButtons());
        model.bucket().accessKeyProperty().subscribe(text -> showButtons());
        model.bucket().secretKeyProperty().subscribe(text -> showButtons());
        model.bucket().pathStyleProperty().subscribe(choice -> showButtons());
        model.bucket().compatibilityProperty().subscribe(choice -> showButtons());
    }

    private SettingsRow createFolderRow() {
        Button choose = Controls.button(
                "settings-sync-folder",
                Styles.PLAIN,
                Messages.text(Keys.SETTINGS_SYNC_FOLDER_CHOOSE),
                this::chooseFolder);
        SettingsRow row = new SettingsRow(Messages.text(Keys.SETTINGS_SYNC_FOLDER), "", choose);
        row.hint().setId("settings-sync-path");
        row.hint().setWrapText(false);
        row.hint().setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return row;
    }

    private SettingsRow createNameRow() {
        name.setId("settings-device-name");
        name.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED, Styles.SHORT);
        name.setAccessibleText(Messages.text(Keys.SETTINGS_SYNC_NAME));
        name.setOnAction(event -> model.setDeviceName(name.getText()));
        name.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                model.setDeviceName(name.getText());
            }
        });
        return new SettingsRow(
                Messages.text(Keys.SETTINGS_SYNC_NAME), Messages.text(Keys.SETTINGS_SYNC_NAME_HINT), name);
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
        Controls.style(targetRow.hint(), Styles.CAUTION, false);
        Controls.show(folderRow, wanted == SyncTarget.FOLDER);
        Controls.show(bucket, wanted == SyncTarget.S3);
        Controls.show(standing, wanted != SyncTarget.OFF);
        Controls.show(encryption, wanted != SyncTarget.OFF);
        Controls.show(intervalRow, wanted != SyncTarget.OFF);
        Controls.show(costRow, wanted == SyncTarget.S3);
        Controls.show(save, wanted == SyncTarget.S3);
        showButtons();
    }

    private void showSettings(Settings settings) {
        if (!name.isFocused()) {
            name.setText(settings.deviceName());
        }
        interval.setText(intervalText(settings.syncInterval().toSeconds()));
        folderRow
                .hint()
                .setText(settings.syncFolder()
                        .map(folder -> HomePath.shown(folder, Path.of(System.getProperty("user.home"))))
                        .orElse(Messages.text(Keys.SETTINGS_SYNC_FOLDER_NONE)));
        SyncCost idle = SyncCost.idleMonth(settings.syncInterval());
        SyncCost used = SyncCost.month(settings.syncInterval(), EDITS_A_DAY);
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
        now.setDisable(settings.syncTarget() == SyncTarget.OFF || !model.isTargetStored());
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
