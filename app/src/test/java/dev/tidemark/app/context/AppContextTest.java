package dev.tidemark.app.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.secrets.MemorySecretStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real profile with a keychain in memory. */
class AppContextTest {
    @TempDir
    private Path folder;

    private AppContext composition() {
        return AppContext.of(ProfileFolders.below(folder), new Secrets(new MemorySecretStore(), Map.of()));
    }

    @Test
    void whoeverGivesAPassphraseEncryptsFromThenOn() {
        try (AppContext composition = composition()) {
            composition.settings().set(Setting.SYNC_ENCRYPTION, "none");
            composition.setSecret(Secret.PASSPHRASE, "tide mark under seven wet stones".toCharArray());
            assertThat(composition.settings().read().get(Setting.SYNC_ENCRYPTION))
                    .contains(EncryptionMode.AGE);
            composition.setSecret(Secret.PASSPHRASE, null);
            assertThat(composition.settings().read().get(Setting.SYNC_ENCRYPTION))
                    .contains(EncryptionMode.AGE);
        }
    }

    @Test
    void aDatabaseThatWasDeletedIsNotReplacedByAnEmptyLibraryWithoutAWord() throws IOException {
        Path database = ProfileFolders.below(folder).database();
        try (AppContext composition = composition()) {
            composition.settings().set(Setting.DEVICE_NAME, "Laptop");
            composition.database().blobs().add(new ByteArrayInputStream(new byte[] {1}));
        }
        Path backup = Files.move(database, folder.resolve("backup"));
        try (AppContext composition = composition()) {
            assertThatThrownBy(composition::database)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(database.toString())
                    .hasMessageContaining("tidemark.db.blobs");
        }
        assertThat(database).doesNotExist();
        Files.move(backup, database);
        try (AppContext composition = composition()) {
            assertThat(composition.database().blobs().localUsage().count()).isEqualTo(1);
        }
    }

    @Test
    void settingsAloneAreNoSignOfALostDatabase() {
        try (AppContext composition = composition()) {
            composition.settings().set(Setting.DEVICE_NAME, "Laptop");
            assertThat(composition.database().file()).exists();
        }
    }

    @Test
    void whoeverTakesThePassphraseAwayTakesTheUnlockedKeysAwayToo() {
        Secrets secrets = new Secrets(new MemorySecretStore(), Map.of());
        try (AppContext composition = AppContext.of(ProfileFolders.below(folder), secrets, 1);
                MemoryStorage storage = new MemoryStorage()) {
            secrets.putOrKeepInMemory(Secret.PASSPHRASE, "tide mark under seven wet stones".toCharArray());
            composition.encryption().showCodesWith(code -> {});
            RemoteLibrary.open(composition.database(), composition.encryption().wrap(storage))
                    .sync();
            assertThat(secrets.isSet(Secret.LIBRARY_KEYS)).isTrue();
            composition.setSecret(Secret.S3_SECRET_KEY, null);
            assertThat(secrets.isSet(Secret.LIBRARY_KEYS)).isTrue();
            composition.setSecret(Secret.PASSPHRASE, null);
            assertThat(secrets.isSet(Secret.LIBRARY_KEYS)).isFalse();
        }
    }
}
