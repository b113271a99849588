package dev.tidemark.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.remote.RemoteKeys;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassphraseWorkTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Schema schema = Schema.builder()
            .migration("notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("note")
            .build();

    /** In memory, with its own work factor. */
    private record WithWork(int passphraseWork, Encryption memory) implements Encryption {
        WithWork(int work) {
            this(work, Encryption.passphrase(() -> "seven wet stones".toCharArray(), code -> {}));
        }

        @Override
        public @Nullable LibraryKeys keys() {
            return memory.keys();
        }

        @Override
        public char @Nullable [] secret() {
            return memory.secret();
        }

        @Override
        public void unlocked(LibraryKeys keys) {
            memory.unlocked(keys);
        }

        @Override
        public void libraryCreated(RecoveryCode code) {
            memory.libraryCreated(code);
        }
    }

    private void sync(RemoteStorage through) {
        try (Database database = Database.openTemporary(schema)) {
            RemoteLibrary.open(database, through).sync();
        }
    }

    /** The work factors of the key files, as scrypt's stanzas name them. */
    private List<String> factors() {
        return storage.list("v1/keys/", null).stream()
                .map(object -> new String(storage.get(object.name()), StandardCharsets.ISO_8859_1))
                .map(text -> text.lines().skip(1).findFirst().orElseThrow())
                .map(stanza -> stanza.substring(stanza.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void newKeyFilesHaveTheFactorOfTheProgramThroughAnyWrapper() {
        Encryption encryption = new WithWork(3);
        sync(new CountingStorage(encryption.wrap(storage)));
        assertThat(factors()).containsExactlyInAnyOrder("3", "10");
        RemoteStorage lower = new WithWork(2).wrap(storage);
        RemoteKeys.in(lower)
                .changePassphrase(
                        RemoteKeys.in(storage).unlock("seven wet stones".toCharArray()), "another one".toCharArray());
        assertThat(factors()).containsExactlyInAnyOrder("2", "10");
    }

    @Test
    void aFactorThatDevicesRefuseIsRefused() {
        for (int work : new int[] {0, Encryption.PASSPHRASE_WORK + 1}) {
            assertThatThrownBy(() -> sync(new WithWork(work).wrap(storage)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 18");
        }
        assertThat(storage.list("", null)).isEmpty();
    }

    @Test
    void withoutAChoiceItIsThatOfTheAgeCommand() {
        assertThat(Encryption.passphrase(() -> null, code -> {}).passphraseWork())
                .isEqualTo(18);
    }
}
