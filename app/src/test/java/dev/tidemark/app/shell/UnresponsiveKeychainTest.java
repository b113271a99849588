package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretStore;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** The window while the keychain waits for a user who never unlocks it. */
@Proof
class UnresponsiveKeychainTest {
    @TempDir
    private Path place;

    /** Answers nothing until the test ends. */
    private static final class SilentStore implements SecretStore {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch unlocked = new CountDownLatch(1);

        private void await() {
            asked.countDown();
            boolean isInterrupted = false;
            while (unlocked.getCount() > 0) {
                try {
                    unlocked.await();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isAvailable() {
            await();
            return true;
        }

        @Override
        public char @Nullable [] get(Secret secret) {
            await();
            return null;
        }

        @Override
        public void put(Secret secret, char[] value) {
            await();
        }

        @Override
        public void remove(Secret secret) {
            await();
        }
    }

    private static List<String> saved(AppContext composition) {
        return composition.database().list(ItemQueries.rows(new ItemSource.Inbox(), true)).stream()
                .map(row -> row.title())
                .toList();
    }

    @Test
    void aKeychainThatNeverAnswersKeepsNeitherTheWindowNorSavingNorSettingsWaiting() throws Exception {
        ProfileFolders folders = ProfileFolders.below(place.resolve("profile"));
        SilentStore keychain = new SilentStore();
        AppContext composition = AppContext.of(folders, new Secrets(keychain, Map.of()));
        composition.set(
                Setting.SYNC_FOLDER,
                Files.createDirectory(place.resolve("shared")).toString());
        try (OpenWindow open = OpenWindow.on(composition, Theme.LIGHT)) {
            keychain.asked.await();
            Screen screen = open.screen();
            screen.click("quick-add");
            screen.type("Mow the lawn\n");
            screen.await("it is saved", () -> saved(composition).contains("Mow the lawn"));
            screen.await("it is shown", () -> screen.rows().contains("Mow the lawn"));
            screen.select("Mow the lawn");
            screen.await("it is open", () -> screen.shows("detail-title"));
            screen.retype("detail-title", "Mow it twice");
            screen.await("what was typed is saved", () -> saved(composition).contains("Mow it twice"));
            FxToolkit.setupFixture(() -> {
                open.window().preferences().choose(Setting.THEME, Theme.DARK);
                return true;
            });
            screen.await("it is set", () -> composition.settings().read().get(Setting.THEME) == Theme.DARK);
            FxToolkit.setupFixture(() -> {
                open.window().quit();
                return true;
            });
            assertThat(open.window().isClosed()).isTrue();
            keychain.unlocked.countDown();
        } finally {
            keychain.unlocked.countDown();
        }
    }
}
