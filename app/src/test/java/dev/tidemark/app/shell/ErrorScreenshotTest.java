package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/**
 * Takes screenshots of the windows that ask for the passphrase. Fails on a cut text or a control without a name. Not
 * for the README, because the messages name folders of this machine.
 */
@Proof
@ExtendWith(KeptLanguage.class)
class ErrorScreenshotTest {
    @TempDir
    Path place;

    @ParameterizedTest
    @EnumSource
    void aPassphraseIsNeeded(ScreenshotVariant appearance) throws Exception {
        Path folder = Files.createDirectories(
                Path.of(System.getProperty("user.home"), "Dropbox").toAbsolutePath());
        try (OpenWindow window = appearance.open(place.resolve("profile"))) {
            window.composition().set(Setting.SYNC_ENCRYPTION, "age");
            window.composition().set(Setting.SYNC_FOLDER, folder.toString());
            FxToolkit.setupFixture(() -> {
                window.window().openSyncPage();
                return true;
            });
            Screen screen = window.screen();
            screen.await("the passphrase is needed", () -> screen.shows("settings-sync-passphrase"));
            screen.moveAway();
            Stage settings = window.window().others().openedSettings().stage();
            for (int[] size : new int[][] {{1000, 700}, {1600, 1000}}) {
                assertThat(Snapshots.take(
                                settings, size[0], size[1], "troubles/settings_" + appearance + "_" + size[0]))
                        .isEmpty();
            }
            screen.click("settings-sync-passphrase");
            screen.await("it is asked for", () -> screen.shows("unlock-secret"));
            Stage unlock = window.window().others().openedUnlock().stage();
            screen.click("unlock-secret");
            screen.type("tide mark under sand");
            take(unlock, "troubles/unlock_" + appearance);
            screen.click("unlock-submit");
            screen.await("it is to be typed again", () -> screen.shows("unlock-again"));
            screen.click("unlock-again");
            screen.type("tide");
            screen.click("unlock-submit");
            take(unlock, "troubles/unlock-founding_" + appearance);
        }
    }

    /** As large as it is. */
    private static void take(Stage stage, String name) throws Exception {
        int[] size = Screen.onScreen(() -> new int[] {
            (int) Math.ceil(stage.getScene().getWidth()),
            (int) Math.ceil(stage.getScene().getHeight())
        });
        assertThat(Snapshots.take(stage, size[0], size[1], name)).isEmpty();
    }
}
