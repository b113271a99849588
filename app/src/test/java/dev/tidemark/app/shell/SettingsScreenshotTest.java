package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.proof.Proof;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Makes the pictures of the settings for the README, and fails where one shows a text that is cut or a control without a name. */
@Proof
class SettingsScreenshotTest extends ScreenshotFixture {
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
                            () -> window.screen().text("settings-sync-outcome").startsWith("The connection works"));
            window.screen().moveAway();
            takeSettings(window, "settings-sync", theme);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void generalAndAbout(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            openSyncPage(window);
            Screen screen = window.screen();
            screen.click("settings-general");
            screen.await("the page is there", () -> screen.shows("settings-contrast-high"));
            screen.moveAway();
            takeSettings(window, "settings-general", theme);
            screen.click("settings-about");
            screen.await("the other page is there", () -> screen.shows("about-copy"));
            screen.moveAway();
            takeSettings(window, "settings-about", theme);
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
                PasswordField typed = (PasswordField) window.window()
                        .others()
                        .openedSettings()
                        .stage()
                        .getScene()
                        .lookup("#settings-passphrase");
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
            Scene scene = window.window().others().openedSettings().stage().getScene();
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
            Scene scene = window.window().others().openedSettings().stage().getScene();
            ((ButtonBase) scene.lookup("#" + id)).fire();
            return true;
        });
    }

    private static void takeSettings(OpenWindow window, String page, Theme theme) throws Exception {
        for (int[] size : SIZES) {
            assertThat(Snapshots.take(
                            window.window().others().openedSettings().stage(),
                            size[0],
                            size[1],
                            name(page, theme, size[0])))
                    .isEmpty();
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
}
