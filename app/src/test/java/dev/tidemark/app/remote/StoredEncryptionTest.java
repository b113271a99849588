package dev.tidemark.app.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.secrets.MemorySecretStore;
import dev.tidemark.app.secrets.NoKeychain;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretLocation;
import dev.tidemark.app.secrets.SecretStore;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteKeys;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real devices and encryption, with a keychain in memory or none. */
class StoredEncryptionTest {
    private static final int LOW_WORK = 1;
    private static final String PASSPHRASE = "tide mark under seven wet stones";

    @TempDir
    Path folder;

    private final MemoryStorage remote = new MemoryStorage();

    /** A device and what it keeps. */
    private final class Device implements AutoCloseable {
        private final Database database;
        private final Secrets secrets;
        private final List<String> codes = new ArrayList<>();
        private final List<Boolean> wholeness = new ArrayList<>();
        private final StoredEncryption encryption;

        Device(String name, SecretStore store) {
            database = Database.open(folder.resolve(name + ".db"), LibrarySchema.SCHEMA);
            secrets = new Secrets(store, Map.of());
            encryption = new StoredEncryption(
                    secrets, () -> {}, code -> codes.add(new String(code.toCharArray())), LOW_WORK);
            encryption.setRecoveryCodeListener(wholeness::add);
            secrets.putOrKeepInMemory(Secret.PASSPHRASE, PASSPHRASE.toCharArray());
        }

        void sync(RemoteStorage through) {
            RemoteLibrary.open(database, encryption.wrap(through)).sync();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** Fails every put but the first few. */
    private record LineThatBreaks(RemoteStorage storage, AtomicInteger putsLeft) implements RemoteStorage {
        @Override
        public List<StoredObject> list(String prefix, String after) {
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            return storage.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
            if (putsLeft.getAndDecrement() <= 0) {
                throw new StorageException(Problem.STORAGE_REQUEST_FAILED, Problem.INTERRUPTED);
            }
            storage.put(name, content);
        }

        @Override
        public void delete(String name) {
            storage.delete(name);
        }

        @Override
        public String description() {
            return storage.description();
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anInterruptedCreationNeedsNoSecondPassphrase(int puts) {
        try (Device laptop = new Device("laptop", new MemorySecretStore())) {
            assertThatThrownBy(() -> laptop.sync(new LineThatBreaks(remote, new AtomicInteger(puts))))
                    .isInstanceOf(StorageException.class);
            assertThat(laptop.secrets.isSet(Secret.LIBRARY_KEYS)).isTrue();
            laptop.sync(remote);
            assertThat(laptop.codes).hasSize(1);
            assertThat(RemoteKeys.in(remote).unlock(PASSPHRASE.toCharArray()).identities())
                    .hasSize(1);
        }
    }

    @Test
    void aPassphraseThatIsTooShortCreatesNoLibrary() {
        try (Device laptop = new Device("laptop", new MemorySecretStore())) {
            laptop.secrets.putOrKeepInMemory(Secret.PASSPHRASE, "7stones".toCharArray());
            assertThatThrownBy(() -> laptop.sync(remote))
                    .isInstanceOf(SyncException.class)
                    .hasMessage("A passphrase has at least 8 characters.");
            assertThat(remote.list("", null)).isEmpty();
            assertThat(laptop.secrets.isSet(Secret.LIBRARY_KEYS)).isFalse();
        }
    }

    @Test
    void onceTheKeysAreSealedThePassphraseIsForgottenAndNothingShowsThem() {
        try (Device laptop = new Device("laptop", new NoKeychain())) {
            laptop.sync(remote);
            assertThat(laptop.secrets.isSet(Secret.PASSPHRASE)).isFalse();
            assertThat(laptop.secrets.location(Secret.LIBRARY_KEYS)).isEqualTo(SecretLocation.MEMORY);
            laptop.sync(remote);
            assertThat(laptop.wholeness).as("one device, one code").isEmpty();
            assertThat(List.of(laptop.secrets, laptop.encryption, laptop.encryption.keys()))
                    .allSatisfy(holder -> assertThat(holder.toString())
                            .doesNotContain("AGE-SECRET", PASSPHRASE, laptop.codes.getFirst()));
        }
    }

    @Test
    void whereTwoDevicesFoundAtOnceANewRecoveryCodeIsCalledFor() {
        MemoryStorage other = new MemoryStorage();
        try (Device laptop = new Device("laptop", new MemorySecretStore());
                Device phone = new Device("phone", new MemorySecretStore())) {
            laptop.sync(remote);
            phone.sync(other);
            carry(remote, other);
            // Both are asked for the passphrase now, in an order that depends on their random ids.
            for (Device device : List.of(laptop, phone, laptop, phone)) {
                device.secrets.enter(Secret.PASSPHRASE, PASSPHRASE.toCharArray());
                device.encryption.secretsChanged();
                device.sync(device == laptop ? remote : other);
                carry(remote, other);
            }
            assertThat(laptop.wholeness).containsExactly(false);
            assertThat(phone.wholeness).containsExactly(false);
            String code = new String(RemoteKeys.in(remote)
                    .newRecoveryCode(laptop.encryption.keys())
                    .toCharArray());
            laptop.sync(remote);
            assertThat(laptop.wholeness).containsExactly(false, true);
            assertThat(RemoteKeys.in(remote).unlock(code.toCharArray()).identities())
                    .hasSize(2);
        }
    }

    /** What a folder tool does between two copies of a folder. */
    private static void carry(RemoteStorage one, RemoteStorage other) {
        one.list("", null).forEach(object -> other.put(object.name(), one.get(object.name())));
        other.list("", null).forEach(object -> one.put(object.name(), other.get(object.name())));
    }

    @Test
    void whatWasJustEnteredComesBeforeTheEnvironmentAndThatBeforeTheKeychain() {
        MemorySecretStore keychain = new MemorySecretStore();
        keychain.put(Secret.PASSPHRASE, "kept".toCharArray());
        Secrets secrets = new Secrets(keychain, Map.of("TIDEMARK_PASSPHRASE", "given"));
        assertThat(secrets.get(Secret.PASSPHRASE)).isEqualTo("given".toCharArray());
        assertThat(secrets.location(Secret.PASSPHRASE)).isEqualTo(SecretLocation.ENVIRONMENT);
        secrets.enter(Secret.PASSPHRASE, "entered".toCharArray());
        assertThat(secrets.get(Secret.PASSPHRASE)).isEqualTo("entered".toCharArray());
        secrets.remove(Secret.PASSPHRASE);
        assertThat(secrets.get(Secret.PASSPHRASE)).isEqualTo("given".toCharArray());
        assertThat(new Secrets(keychain, Map.of()).isSet(Secret.PASSPHRASE)).isFalse();
    }
}
