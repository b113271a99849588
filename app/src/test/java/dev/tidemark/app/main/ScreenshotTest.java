package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.encryption.RecoveryCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Makes the pictures for the README, and fails where one shows a text that is cut or a control without a name. */
@ExtendWith(KeptLanguage.class)
class ScreenshotTest {
    private static final int[][] SIZES = {{1000, 700}, {1600, 1000}};

    @TempDir
    Path place;

    @BeforeEach
    void emptyTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private OpenWindow open(Theme theme) throws Exception {
        OpenWindow window = OpenWindow.on(place.resolve("profile"), theme);
        window.composition().set(SettingsKey.DEVICE_NAME, "Laptop");
        return window;
    }

    private UUID fill(OpenWindow window) throws Exception {
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        UUID open = SampleLibrary.fill(window.composition().database(), today);
        Path folder = folder();
        window.composition().set(SettingsKey.SYNC_FOLDER, folder.toString());
        FxToolkit.setupFixture(() -> {
            window.window().model().list().show(new ItemView.All());
            return true;
        });
        Screen screen = window.screen();
        screen.await("the rows are there", () -> screen.rows().size() > 10);
        select(window, open);
        screen.await("the item is open", () -> screen.shows("detail-title"));
        screen.await(
                "who changed it is there", () -> !screen.text("detail-changed").isEmpty());
        screen.await(
                "it is synced",
                () -> window.window().sync().stateProperty().get().lastSuccess() != null
                        && window.window().sync().stateProperty().get().pending() == 0
                        && !window.window().sync().stateProperty().get().running());
        return open;
    }

    /** In the home folder that tests have to themselves, so that the pictures show no path of this machine. */
    private static Path folder() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("user.home"), "Syncthing").toAbsolutePath());
    }

    private static void select(OpenWindow window, UUID item) throws Exception {
        FxToolkit.setupFixture(() -> {
            window.window().model().list().selectedProperty().set(item);
            return true;
        });
    }

    private static String name(String page, Theme theme, int width) {
        return page + "_" + theme.name().toLowerCase(Locale.ROOT) + "_" + width;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void mainWindow(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("main", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void quickAdd(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.click("quick-add");
            screen.type("call mum tomorrow 5pm #family !high /Garden every week");
            screen.await("chips show what was understood", () -> screen.shows("understood-repeat"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("quick-add", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void searchAndUpcoming(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.type("the is:open");
            screen.await("something is found", () -> !screen.rows().contains("Compare rail passes"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("search", theme, size[0])))
                        .isEmpty();
            }
            screen.click("search-close");
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT3);
            screen.await("days are shown", () -> screen.text("view-title").equals("Upcoming"));
            screen.await("the days have their items", () -> screen.rows().contains("Call the dentist"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("upcoming", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void paletteAndShortcuts(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("b");
            screen.await(
                    "something is found", () -> screen.texts("palette-list").contains("Inbox"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("palette", theme, size[0])))
                        .isEmpty();
            }
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            screen.await("the sheet is there", () -> screen.shows("shortcuts"));
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("shortcuts", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void syncSettings(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            openSyncPage(window);
            window.screen().click("settings-sync-test");
            window.screen()
                    .await(
                            "the test has run",
                            () -> window.screen().text("settings-sync-outcome").startsWith("It works"));
            window.screen().moveAway();
            takeSettings(window, "settings-sync", theme);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void bucketSettings(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            openSyncPage(window);
            typeBucket(window);
            takeSettings(window, "settings-bucket", theme);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aRecoveryCode(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            openSyncPage(window);
            Screen screen = window.screen();
            screen.click("settings-sync-target-folder");
            screen.await("encryption is offered", () -> screen.shows("settings-crypt"));
            fire(window, "settings-crypt-true");
            screen.await("a passphrase is asked for", () -> screen.shows("settings-passphrase"));
            FxToolkit.setupFixture(() -> {
                PasswordField typed = (PasswordField)
                        window.window().openedPreferences().stage().getScene().lookup("#settings-passphrase");
                typed.setText("tide mark under seven wet stones");
                window.window()
                        .preferences()
                        .encryption()
                        .show(RecoveryCode.parse(RecoveryCode.random().toCharArray()));
                return true;
            });
            takeSettings(window, "settings-recovery-code", theme);
        }
    }

    private static void openSyncPage(OpenWindow window) throws Exception {
        FxToolkit.setupFixture(() -> {
            window.window().openSyncPage();
            return true;
        });
    }

    /** With nothing listening there, so that a field is marked. */
    private static void typeBucket(OpenWindow window) throws Exception {
        Screen screen = window.screen();
        screen.click("settings-sync-target-s3");
        screen.await("a bucket is asked for", () -> screen.shows("settings-s3-address"));
        FxToolkit.setupFixture(() -> {
            Scene scene = window.window().openedPreferences().stage().getScene();
            ((TextField) scene.lookup("#settings-s3-address"))
                    .setText("s3://notes/ann?endpoint=http://127.0.0.1:9&region=eu-central-1");
            ((TextField) scene.lookup("#settings-s3-access-key")).setText("AKIAIOSFODNN7EXAMPLE");
            ((TextField) scene.lookup("#settings-s3-secret-key")).setText("something secret");
            return true;
        });
        fire(window, "settings-sync-test");
        screen.await(
                "the test has failed",
                () -> screen.shows("settings-sync-outcome")
                        && !screen.text("settings-sync-test").startsWith("Cancel")
                        && !screen.text("settings-sync-test").startsWith("Test ab"));
        screen.moveAway();
    }

    /** Also where it would have to be scrolled to. */
    private static void fire(OpenWindow window, String id) throws Exception {
        FxToolkit.setupFixture(() -> {
            Scene scene = window.window().openedPreferences().stage().getScene();
            ((ButtonBase) scene.lookup("#" + id)).fire();
            return true;
        });
    }

    private static void takeSettings(OpenWindow window, String page, Theme theme) throws Exception {
        for (int[] size : SIZES) {
            assertThat(Snapshots.take(
                            window.window().openedPreferences().stage(), size[0], size[1], name(page, theme, size[0])))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aConflict(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            UUID item = fill(window);
            editApart(window, item);
            Screen screen = window.screen();
            screen.await("the conflict is there", () -> screen.shows("conflict-use"));
            screen.await(
                    "it is synced",
                    () -> window.window().sync().stateProperty().get().pending() == 0);
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("conflict", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    /** Another device edits the item without having seen what this one does next. */
    private void editApart(OpenWindow window, UUID item) throws Exception {
        try (Composition other = Composition.of(ProfileFolders.below(place.resolve("other")))) {
            other.set(SettingsKey.DEVICE_NAME, "Phone");
            other.set(SettingsKey.SYNC_FOLDER, folder().toString());
            other.sync().syncNow().get();
            other.set(SettingsKey.SYNC_TARGET, "off");
            new Items(other.database()).setTitle(item, "Plan the birthday dinner at Rosa's");
            new Items(window.composition().database()).setTitle(item, "Plan Rosa's birthday dinner");
            other.set(SettingsKey.SYNC_TARGET, "folder");
            other.sync().syncNow().get();
        }
    }

    @Test
    void narrowWindows() throws Exception {
        try (OpenWindow window = open(Theme.LIGHT)) {
            UUID item = fill(window);
            for (int width : List.of(800, 540)) {
                select(window, null);
                assertThat(Snapshots.take(window.window().stage(), width, 700, "narrow-list_light_" + width))
                        .isEmpty();
                select(window, item);
                window.screen().await("the item is open", () -> window.screen().shows("detail-title"));
                assertThat(Snapshots.take(window.window().stage(), width, 700, "narrow-detail_light_" + width))
                        .isEmpty();
            }
        }
    }

    @Test
    void nothingIsCutInGerman() throws Exception {
        Locale.setDefault(Locale.GERMAN);
        try (OpenWindow window = open(Theme.DARK)) {
            fill(window);
            assertThat(Snapshots.take(window.window().stage(), 1000, 700, "german_dark_1000"))
                    .isEmpty();
            openSyncPage(window);
            takeSettings(window, "german-settings", Theme.DARK);
            typeBucket(window);
            takeSettings(window, "german-bucket", Theme.DARK);
        }
    }

    @Test
    void aCutLabelAndAControlWithoutANameAreNoticed() throws Exception {
        try (OpenWindow window = open(Theme.LIGHT)) {
            FxToolkit.setupFixture(() -> {
                Label cut = new Label("This label has no room for its words");
                cut.setId("planted");
                cut.setMaxWidth(60);
                Button unnamed = new Button();
                unnamed.setId("unnamed");
                ((MainView) window.window().stage().getScene().getRoot())
                        .getChildren()
                        .addAll(cut, unnamed);
                return true;
            });
            assertThat(Snapshots.take(window.window().stage(), 1000, 700, "planted"))
                    .anyMatch(problem -> problem.contains("is cut to") && problem.contains("#planted"))
                    .anyMatch(problem -> problem.contains("no name") && problem.contains("#unnamed"));
            Files.delete(Snapshots.FOLDER.resolve("planted.png"));
        }
    }
}
