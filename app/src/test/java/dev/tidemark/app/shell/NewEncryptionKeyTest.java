package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** The settings create a new key for later files. */
class NewEncryptionKeyTest {
    private static final String OLD = "tide mark under seven wet stones";
    private static final String NEW = "seven dry stones above the tide";

    @TempDir
    private Path place;

    @Proof
    @Test
    void theOtherDeviceAsksForTheNewPassphraseAndContinues() throws Exception {
        Path shared = Files.createDirectory(place.resolve("shared"));
        try (AppContext phone = OpenWindow.withCheapPassphrases(place.resolve("phone"));
                OpenWindow open =
                        OpenWindow.on(OpenWindow.withCheapPassphrases(place.resolve("profile")), Theme.LIGHT)) {
            phone.encryption().showCodesWith(code -> {});
            phone.set(Setting.SYNC_FOLDER, shared.toString());
            SyncSetup phones = new SyncSetup(phone);
            phones.createLibrary(OLD.toCharArray());
            phone.sync().syncNow().get();
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            assertThat(new SyncSetup(open.composition()).unlock(OLD.toCharArray()))
                    .isTrue();
            Screen screen = open.screen();
            screen.await(
                    "the key is there", () -> open.composition().encryption().keys() != null);
            FxToolkit.setupFixture(() -> {
                open.window().openSyncPage();
                return true;
            });
            screen.await("a new one can be made", () -> screen.shows("settings-crypt-new-key"));
            screen.click("settings-crypt-new-key");
            assertThat(screen.text("settings-crypt-outcome")).contains("at least 8");
            screen.retype("settings-passphrase", NEW);
            screen.retype("settings-passphrase-again", NEW);
            screen.click("settings-crypt-new-key");
            screen.await("the recovery code is shown", () -> screen.shows("recovery-code"));
            assertThat(screen.text("settings-crypt-outcome")).contains("new key", "every other device");
            try (Stream<Path> keys = Files.list(shared.resolve("v1/keys"))) {
                assertThat(keys).hasSize(4);
            }
            new Items(open.composition().database()).add(NewItem.todo("Later"));
            assertThat(open.composition().sync().syncNow().get().isComplete()).isTrue();

            assertThat(phone.sync().syncNow().get().isComplete()).isFalse();
            assertThat(phone.database().dump()).doesNotContain("Later");
            assertThat(phones.unlock(NEW.toCharArray())).isTrue();
            assertThat(phone.sync().syncNow().get().isComplete()).isTrue();
            assertThat(phone.database().dump()).contains("Later");
        }
    }
}
