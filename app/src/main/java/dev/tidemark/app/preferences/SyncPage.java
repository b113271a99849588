package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/** What the library is synced through, how often, and under which name; to be tried out on the spot. */
final class SyncPage extends VBox {
    private static final List<Long> INTERVALS = List.of(5L, 15L, 30L, 60L, 300L, 900L);

    private final PreferencesViewModel model;
    private final SyncViewModel sync;
    private final ChoiceBar<SyncTarget> target;
    private final TextField name = new TextField();
    private final Button interval = new Button();
    private final Button test;
    private final Button now;
    private final SettingsRow folderRow;
    private final SettingsRow checkRow;
    private final SettingsRow intervalRow;
    private final Label problem = new Label();

    SyncPage(PreferencesViewModel model, SyncViewModel sync) {
        this.model = model;
        this.sync = sync;
        getStyleClass().add(Styles.SETTINGS_PAGE);
        setId("settings-page-sync");
        Label title = new Label(Texts.text(Keys.SETTINGS_SYNC));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        target = new ChoiceBar<SyncTarget>("settings-sync-target", Texts.text(Keys.SETTINGS_SYNC_TARGET))
                .with(SyncTarget.OFF, Texts.text(Keys.SETTINGS_SYNC_TARGET_OFF), model::setTarget)
                .with(SyncTarget.FOLDER, Texts.text(Keys.SETTINGS_SYNC_TARGET_FOLDER), model::setTarget);
        test = Controls.button("settings-sync-test", Styles.PLAIN, Texts.text(Keys.SETTINGS_SYNC_TEST), model::test);
        now = Controls.button("settings-sync-now", Styles.PRIMARY, Texts.text(Keys.SETTINGS_SYNC_NOW), sync::syncNow);
        folderRow = createFolderRow();
        intervalRow = createIntervalRow();
        checkRow = createCheckRow();
        problem.getStyleClass().addAll(Styles.SETTINGS_HINT, Styles.PROBLEM);
        problem.setId("settings-problem");
        problem.setWrapText(true);
        VBox group = new VBox(
                new SettingsRow(
                        Texts.text(Keys.SETTINGS_SYNC_TARGET), Texts.text(Keys.SETTINGS_SYNC_TARGET_HINT), target),
                folderRow,
                checkRow,
                createNameRow(),
                intervalRow);
        group.getStyleClass().add(Styles.SETTINGS_GROUP);
        getChildren().setAll(title, group, problem);
        bind();
    }

    private void bind() {
        model.settingsProperty().subscribe(this::showSettings);
        model.folderWantedProperty().subscribe(wanted -> {
            target.select(wanted ? SyncTarget.FOLDER : SyncTarget.OFF);
            Controls.show(folderRow, wanted);
            Controls.show(checkRow, wanted);
            Controls.show(intervalRow, wanted);
        });
        model.problemProperty().subscribe(text -> {
            problem.setText(text == null ? "" : text);
            Controls.show(problem, text != null);
        });
        model.testedProperty().subscribe(outcome -> showCheck());
        model.testingProperty().subscribe(running -> showCheck());
        sync.stateProperty().subscribe(state -> showCheck());
        sync.slowProperty().subscribe(slow -> showCheck());
    }

    private SettingsRow createFolderRow() {
        Button choose = Controls.button(
                "settings-sync-folder", Styles.PLAIN, Texts.text(Keys.SETTINGS_SYNC_FOLDER_CHOOSE), this::chooseFolder);
        SettingsRow row = new SettingsRow(Texts.text(Keys.SETTINGS_SYNC_FOLDER), "", choose);
        row.hint().setId("settings-sync-path");
        row.hint().setWrapText(false);
        row.hint().setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return row;
    }

    private SettingsRow createNameRow() {
        name.setId("settings-device-name");
        name.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED);
        name.setAccessibleText(Texts.text(Keys.SETTINGS_SYNC_NAME));
        name.setPrefWidth(200);
        name.setOnAction(event -> model.setDeviceName(name.getText()));
        name.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                model.setDeviceName(name.getText());
            }
        });
        return new SettingsRow(Texts.text(Keys.SETTINGS_SYNC_NAME), Texts.text(Keys.SETTINGS_SYNC_NAME_HINT), name);
    }

    private SettingsRow createIntervalRow() {
        interval.setId("settings-sync-interval");
        interval.getStyleClass().add(Styles.PLAIN);
        interval.setOnAction(event -> {
            ContextMenu menu = new ContextMenu();
            Controls.dressPopup(menu.getStyleClass());
            INTERVALS.forEach(seconds -> {
                MenuItem item = new MenuItem(intervalText(seconds));
                item.setOnAction(chosen -> model.setInterval(seconds));
                menu.getItems().add(item);
            });
            menu.show(interval, Side.BOTTOM, 0, 4);
        });
        return new SettingsRow(
                Texts.text(Keys.SETTINGS_SYNC_INTERVAL), Texts.text(Keys.SETTINGS_SYNC_INTERVAL_HINT), interval);
    }

    private SettingsRow createCheckRow() {
        HBox buttons = new HBox(test, now);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        SettingsRow row = new SettingsRow(Texts.text(Keys.SETTINGS_SYNC_CHECK), "", buttons);
        row.hint().setId("settings-sync-outcome");
        return row;
    }

    private static String intervalText(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        return seconds % 60 == 0
                ? Texts.text(Keys.SETTINGS_SYNC_INTERVAL_MINUTES, duration.toMinutes())
                : Texts.text(Keys.SETTINGS_SYNC_INTERVAL_SECONDS, seconds);
    }

    private void showSettings(Settings settings) {
        if (!name.isFocused()) {
            name.setText(settings.deviceName());
        }
        interval.setText(intervalText(settings.syncInterval().toSeconds()));
        interval.setAccessibleText(Texts.text(Keys.SETTINGS_SYNC_INTERVAL));
        folderRow
                .hint()
                .setText(settings.syncFolder()
                        .map(folder -> HomePath.shown(folder, Path.of(System.getProperty("user.home"))))
                        .orElse(Texts.text(Keys.SETTINGS_SYNC_FOLDER_NONE)));
        boolean chosen = settings.syncFolder().isPresent();
        test.setDisable(!chosen);
        now.setDisable(!chosen || settings.syncTarget() == SyncTarget.OFF);
    }

    private void showCheck() {
        Label hint = checkRow.hint();
        FolderTest.Outcome outcome = model.testedProperty().get();
        SyncState state = sync.stateProperty().get();
        boolean failed = outcome != null ? !outcome.works() : state.on() && state.problem() != null;
        if (model.testingProperty().get()) {
            hint.setText(Texts.text(Keys.SETTINGS_SYNC_TEST_RUNNING));
        } else if (outcome != null) {
            hint.setText(outcome.sentence());
        } else {
            hint.setText(state.on() ? sync.sentence() : Texts.text(Keys.SETTINGS_SYNC_CHECK_HINT));
        }
        Controls.style(hint, Styles.PROBLEM, failed);
        Controls.style(hint, Styles.GOOD, outcome != null && outcome.works());
    }

    private void chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Texts.text(Keys.SETTINGS_SYNC_FOLDER_TITLE));
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
