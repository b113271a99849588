package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Devices of a library repair the files that only joining devices read: key files and library files. */
class BootstrapFilesTest extends EncryptedRemoteFixture {
    private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");

    private SyncReport syncAt(Database device, Encryption secrets, Duration later) {
        return syncAt(device, storage, secrets, later);
    }

    /** A program that was started again. */
    private static SyncReport syncAt(Database device, RemoteStorage remote, Encryption secrets, Duration later) {
        InstantSource clock = InstantSource.fixed(BEGIN.plus(later));
        return new RemoteSession(device, remote, "", clock, secrets, ScryptCost.MIN).sync(SyncOptions.DEFAULT);
    }

    private String key(String lock) {
        return names("v1/keys/").stream()
                .filter(name -> name.endsWith("." + lock + ".age"))
                .findFirst()
                .orElseThrow();
    }

    /** Changes a byte where that looks like another passphrase: in the file key that it wraps. */
    private byte[] damage(String name) {
        byte[] whole = storage.get(name);
        byte[] damaged = whole.clone();
        damaged[80] = (byte) (damaged[80] == 'A' ? 'B' : 'A');
        storage.put(name, damaged);
        return whole;
    }

    @Test
    void aKeyDamagedAtFullLengthIsCalledDamagedAndPutAgainByAnyDevice() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "a");
        syncAt(ann, anns, Duration.ZERO);
        syncAt(bob, bobs, Duration.ZERO);
        byte[] whole = damage(key("passphrase"));

        Database cid = device("cid");
        assertRefused(Problem.SYNC_KEY_DAMAGED, () -> sync(cid, passphrase()));
        assertRefused(Problem.SYNC_KEY_DAMAGED, () -> keyFiles().unlock(PASSPHRASE.toCharArray()));
        assertThat(sync(device("dan"), new Secrets(text(anns.code()))).isComplete())
                .as("the recovery code opens the library all the same")
                .isTrue();

        syncAt(bob, bobs, Duration.ofHours(1));
        assertThat(storage.get(key("passphrase"))).as("looked at a day later").isNotEqualTo(whole);
        syncAt(bob, bobs, BootstrapFiles.CHECK_INTERVAL);
        assertThat(storage.get(key("passphrase"))).isEqualTo(whole);
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> sync(cid, new Secrets("another")));
        sync(cid, passphrase());
        assertEqual(ann, cid);
    }

    @Test
    void aRequestedSyncChecksThemAtOnceAndTheNextDoesNot() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        syncAt(ann, anns, Duration.ZERO);
        InstantSource anHourLater = InstantSource.fixed(BEGIN.plus(Duration.ofHours(1)));
        RemoteSession session = new RemoteSession(ann, storage, "", anHourLater, anns, ScryptCost.MIN);
        long quiet = session.sync(SyncOptions.DEFAULT).maintenanceRequests();
        byte[] whole = damage(key("passphrase"));
        assertThat(session.sync(SyncOptions.DEFAULT).maintenanceRequests()).isEqualTo(quiet);
        assertThat(storage.get(key("passphrase"))).isNotEqualTo(whole);

        session.retryAll();
        session.sync(SyncOptions.DEFAULT);
        assertThat(storage.get(key("passphrase"))).isEqualTo(whole);
        assertThat(session.sync(SyncOptions.DEFAULT).maintenanceRequests()).isEqualTo(quiet);
    }

    @Test
    void ofKeysThatSomebodyPlantedUnderAnIdentityInUseOnlySoManyAreKept() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        List<String> own = names("v1/keys/");
        KeyName sound = KeyName.parse(key("passphrase")).orElseThrow();
        for (int number = 0; number < 200; number++) {
            byte[] content = ("planted " + number).getBytes(StandardCharsets.UTF_8);
            String nonce = String.format(Locale.ROOT, "%016x", number);
            KeyName name = new KeyName(sound.identity(), nonce, ContentHash.of(content), KeyName.Lock.PASSPHRASE);
            storage.put(name.toString(), content);
        }
        for (int day = 1; day <= 2; day++) {
            syncAt(ann, anns, Duration.ofDays(day));
            assertThat(new RemoteObjectCache(SyncHistoryReader.require(ann), storage.description())
                            .all(RemoteNames.LIBRARIES, KeyName.FOLDER))
                    .as("with the library file")
                    .hasSize(BootstrapFiles.MAX_KEYS + 1)
                    .containsKeys(own.toArray(String[]::new));
        }
    }

    @Test
    void aKeyThatIsCutOffIsCalledDamagedAndPutAgainByTheNextSync() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        syncAt(ann, anns, Duration.ZERO);
        for (int length : new int[] {40, 350}) {
            byte[] whole = storage.get(key("recovery"));
            storage.put(key("recovery"), Arrays.copyOf(whole, length));
            assertRefused(Problem.SYNC_KEY_DAMAGED, () -> sync(device("bob" + length), new Secrets(text(anns.code()))));
            assertThat(syncAt(ann, anns, Duration.ofMinutes(1)).isComplete()).isTrue();
            assertThat(storage.get(key("recovery"))).isEqualTo(whole);
        }
    }

    @Test
    void aKeyThatIsFarTooLargeIsNotFetchedIsCalledDamagedAndPutAgain() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        String key = key("passphrase");
        byte[] whole = storage.get(key);
        storage.put(key, new byte[KeyFiles.MAX_BYTES + 1]);
        FaultyStorage watched = new FaultyStorage(storage);
        assertRefused(Problem.SYNC_KEY_DAMAGED, () -> sync(device("bob"), watched, passphrase()));
        assertRefused(
                Problem.SYNC_KEY_DAMAGED,
                () -> KeyFiles.in(watched, ScryptCost.MIN).unlock(PASSPHRASE.toCharArray()));
        syncAt(ann, watched, anns, Duration.ofMinutes(1));
        assertThat(watched.asked()).doesNotContain(key);
        assertThat(storage.get(key)).isEqualTo(whole);
    }

    @Test
    void aKeyThatCannotBeReadKeepsOutOnlyWhoNeedsIt() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        String key = key("passphrase");
        FaultyStorage bad = new FaultyStorage(storage);
        bad.unreadable(key, true);
        assertThatThrownBy(() -> sync(device("bob"), bad, passphrase()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        unread -> assertThat(unread.problem()).isEqualTo(Problem.STORAGE_FILE_NOT_READ));
        assertThat(sync(device("cid"), bad, new Secrets(text(anns.code()))).isComplete())
                .isTrue();
        SyncReport daily = syncAt(ann, bad, anns, BootstrapFiles.CHECK_INTERVAL);
        assertThat(daily.isComplete()).isTrue();
        assertThat(daily.quarantined()).containsExactly(new SyncReport.QuarantinedFile(key, Problem.FILE_UNREADABLE));
    }

    @Test
    void whatWasSealedWithAnOlderPassphraseIsNotPutAgain() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        syncAt(bob, bobs, Duration.ZERO);
        keyFiles().changePassphrase(anns.held(), "another".toCharArray());
        List<String> names = names("v1/keys/");
        syncAt(bob, bobs, Duration.ofDays(1));
        syncAt(bob, bobs, Duration.ofDays(2));
        assertThat(names("v1/keys/")).isEqualTo(names);
        assertThat(new RemoteObjectCache(SyncHistoryReader.require(bob), storage.description())
                        .all(RemoteNames.LIBRARIES, KeyName.FOLDER))
                .as("nor kept any longer")
                .hasSize(3)
                .containsKeys(names.toArray(String[]::new));
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> sync(device("cid"), passphrase()));
    }

    /** The listing of a folder tool may still show a key that another device has removed. */
    @Test
    void whatWasRemovedSinceItWasListedIsNotPutAgain() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        RemoteStorage late = new OverridableStorage(storage) {
            @Override
            public List<StoredObject> list(String prefix, String after) {
                List<StoredObject> listed = super.list(prefix, after);
                if (prefix.equals(RemoteNames.ROOT)) {
                    keyFiles().changePassphrase(anns.held(), "another".toCharArray());
                }
                return listed;
            }
        };
        syncAt(ann, late, anns, Duration.ofDays(1));
        assertThat(names("v1/keys/")).hasSize(2);
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> sync(device("cid"), passphrase()));
    }

    @Test
    void aLibraryIsNotFoundedOnKeysThatAreDamaged() {
        FailingStorage line = new FailingStorage(storage);
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        line.failPutsOf("v1/library/");
        assertThatThrownBy(() -> syncAt(ann, line, anns, Duration.ZERO)).isInstanceOf(StorageException.class);
        damage(key("passphrase"));
        line.failPutsOf("");
        assertThat(syncAt(ann, line, anns, Duration.ZERO).isComplete()).isTrue();
        assertThat(sync(device("bob"), passphrase()).isComplete()).isTrue();
    }

    @Test
    void aLibraryFileDamagedAtFullLengthIsPutAgainByAnyDevice() {
        for (Encryption encryption : List.of(Encryption.NONE, passphrase())) {
            String mode = encryption.isOn() ? "age" : "none";
            RemoteStorage remote = new MemoryStorage();
            Database ann = device("ann-" + mode);
            Database bob = device("bob-" + mode);
            add(ann, "a");
            syncAt(ann, remote, encryption, Duration.ZERO);
            Encryption bobs = encryption.isOn() ? passphrase() : Encryption.NONE;
            syncAt(bob, remote, bobs, Duration.ZERO);
            String name = remote.list("v1/library/", null).getFirst().name();
            byte[] whole = remote.get(name);
            byte[] damaged = whole.clone();
            damaged[10] = '7';
            remote.put(name, damaged);
            assertThatThrownBy(() -> sync(device("cid-" + mode), remote, bobs))
                    .as("its format would be 7")
                    .isInstanceOf(DamagedFileException.class);
            syncAt(bob, remote, bobs, BootstrapFiles.CHECK_INTERVAL);
            assertThat(remote.get(name)).isEqualTo(whole);
        }
    }

    @Test
    void checksAreRareAndCountedAsMaintenance() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        syncAt(ann, anns, Duration.ZERO);
        syncAt(ann, anns, Duration.ZERO);
        SyncReport idle = syncAt(ann, anns, Duration.ofHours(1));
        assertThat(idle.requests()).isEqualTo(1);
        assertThat(idle.maintenanceRequests()).isZero();
        SyncReport daily = syncAt(ann, anns, BootstrapFiles.CHECK_INTERVAL);
        assertThat(daily.requests()).isEqualTo(1);
        assertThat(KeyFiles.in(storage, ScryptCost.MIN).list()).hasSize(2);
    }
}
