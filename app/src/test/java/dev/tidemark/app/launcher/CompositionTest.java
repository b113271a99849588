package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.secrets.MemoryStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.SettingsKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real profile, whose keychain is one in memory. */
class CompositionTest {
    @TempDir
    private Path folder;

    private Composition composition() {
        return Composition.of(ProfileFolders.below(folder), new Secrets(new MemoryStore(), Map.of()));
    }

    @Test
    void whoeverGivesAPassphraseEncryptsFromThenOn() {
        try (Composition composition = composition()) {
            composition.settings().set(SettingsKey.SYNC_ENCRYPTION, "none");
            composition.setSecret(Secret.PASSPHRASE, "tide mark under seven wet stones".toCharArray());
            assertThat(composition.settings().read().encryption()).contains(EncryptionMode.AGE);
            composition.setSecret(Secret.PASSPHRASE, null);
            assertThat(composition.settings().read().encryption()).contains(EncryptionMode.AGE);
        }
    }
}
