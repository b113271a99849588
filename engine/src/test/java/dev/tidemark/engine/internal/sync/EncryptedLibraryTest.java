package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Real databases that sync through an encrypted storage. */
class EncryptedLibraryTest extends EncryptedRemoteFixture {
    @Test
    void threeDevicesConvergeThroughAFolderThatShowsNothingOfWhatTheyWrite() throws Exception {
        try (RemoteStorage remote = FolderStorage.open(Files.createDirectory(folder.resolve("shared")))) {
            Database ann = device("ann");
            Database bob = device("bob");
            Database cid = device("cid");
            Secrets anns = passphrase();
            Secrets bobs = passphrase();
            UUID shown = add(ann, "Buy a sapphire ring");
            add(bob, "from Bob");
            assertThat(sync(ann, remote, anns).isComplete()).isTrue();
            assertThat(sync(bob, remote, bobs).isComplete()).isTrue();
            assertThat(sync(ann, remote, anns).isComplete()).isTrue();
            assertEqual(ann, bob);
            ann.write(tx -> tx.execute("UPDATE todo SET note = 'for Bob' WHERE id = ?", shown));
            sync(ann, remote, anns);
            assertThat(sync(cid, remote, new Secrets(text(anns.code()))).isComplete())
                    .isTrue();
            sync(bob, remote, bobs);
            sync(ann, remote, anns);
            assertEqual(ann, bob, cid);
            for (StoredObject object : remote.list("", null)) {
                String content = new String(remote.get(object.name()), StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("sapphire").doesNotContain("\"name\"");
                assertThat(object.name()).matches("v1/library/.*\\.json|v1/keys/.*\\.age|v1/(log|devices)/.*\\.age");
            }
        }
    }

    @Test
    void keysAreKeptAndThePassphraseIsAskedForOnce() {
        Database ann = device("ann");
        Secrets secrets = passphrase();
        add(ann, "a");
        sync(ann, secrets);
        assertThat(secrets.asked()).isEqualTo(1);
        assertThat(secrets.codes()).isEqualTo(1);
        secrets.type(null);
        add(ann, "b");
        assertThat(sync(ann, secrets).pushed()).isEqualTo(1);
        assertThat(secrets.asked()).isEqualTo(1);
        assertThat(secrets.codes()).isEqualTo(1);
    }

    @Test
    void nothingNewIsOneRequest() {
        Database ann = device("ann");
        Secrets secrets = passphrase();
        add(ann, "a");
        sync(ann, secrets);
        sync(ann, secrets);
        SyncReport report = sync(ann, secrets);
        assertThat(report.requests()).isEqualTo(1);
        assertThat(report.maintenanceRequests()).isZero();
    }

    @Test
    void withoutAPassphraseNothingIsUploadedAndNothingForgotten() {
        Database ann = device("ann");
        add(ann, "a");
        assertRefused(Problem.SYNC_PASSPHRASE_NEEDED, () -> sync(ann, new Secrets(null)));
        assertRefused(Problem.SYNC_PASSPHRASE_NEEDED, () -> sync(ann, new Secrets("")));
        assertThat(names()).isEmpty();
        Secrets secrets = passphrase();
        sync(ann, secrets);
        add(ann, "b");
        List<String> before = names();
        secrets.forgetKeys();
        secrets.type(null);
        assertRefused(Problem.SYNC_PASSPHRASE_NEEDED, () -> sync(ann, secrets));
        assertThat(names()).isEqualTo(before);
        secrets.type(PASSPHRASE);
        assertThat(sync(ann, secrets).pushed()).isEqualTo(1);
    }

    @Test
    void aWrongPassphraseOrCodeIsToldAsSuch() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        Database bob = device("bob");
        add(bob, "b");
        List<String> before = names();
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> sync(bob, new Secrets("correct horse")));
        String other =
                new String(dev.tidemark.engine.encryption.RecoveryCode.random().toCharArray());
        assertRefused(Problem.SYNC_WRONG_RECOVERY_CODE, () -> sync(bob, new Secrets(other)));
        assertThat(names()).isEqualTo(before);
        assertThat(bob.dump()).contains("b").doesNotContain("\"a\"");
    }

    @Test
    void aDeviceThatIsNotSetToEncryptIsAskedForThePassphraseAndUploadsNothing() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        Database bob = device("bob");
        add(bob, "b");
        List<String> before = names();
        assertRefused(Problem.SYNC_ENCRYPTED, () -> sync(bob, Encryption.NONE));
        assertThat(names()).isEqualTo(before);
        assertThat(sync(bob, passphrase()).isComplete()).isTrue();
    }

    @Test
    void encryptionTurnedOffIsNotFollowed() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        names().forEach(storage::delete);
        assertRefused(Problem.SYNC_ENCRYPTED, () -> sync(ann, Encryption.NONE));
        assertThat(names()).isEmpty();
    }

    /** As when the variable with the passphrase is forgotten, on a device whose place is another one now. */
    @Test
    void aDeviceThatEncryptsElsewhereFoundsNoPlainLibraryUnlessAPersonWantsOne() throws Exception {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        try (RemoteStorage other = FolderStorage.open(Files.createDirectory(folder.resolve("other")))) {
            assertRefused(Problem.SYNC_WOULD_BE_PLAIN, () -> sync(ann, other, Encryption.NONE));
            assertThat(other.list("", null)).isEmpty();
            assertThat(sync(ann, other, Encryption.PLAIN).isComplete()).isTrue();
            assertThat(sync(ann, other, Encryption.NONE).isComplete()).isTrue();
            assertRefused(Problem.SYNC_ENCRYPTED, () -> sync(ann, Encryption.PLAIN));
        }
    }

    @Test
    void aDeviceThatEncryptsElsewhereJoinsNoPlainLibraryUnlessAPersonWantsTo() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        sync(ann, passphrase());
        sync(bob, passphrase());
        try (RemoteStorage other = FolderStorage.open(Files.createDirectory(folder.resolve("other")))) {
            sync(bob, other, Encryption.PLAIN);
            add(ann, "of Ann alone");
            List<StoredObject> before = other.list("", null);
            assertRefused(Problem.SYNC_WOULD_BE_PLAIN, () -> sync(ann, other, Encryption.NONE));
            assertThat(other.list("", null)).isEqualTo(before);
            assertThat(sync(ann, other, Encryption.PLAIN).isComplete()).isTrue();
        }
    }

    private RemoteSession session(Database device, Encryption secrets) {
        return new RemoteSession(device, storage, "", InstantSource.system(), secrets, ScryptCost.MIN);
    }

    @Test
    void aLibraryBecomesEncryptedByPublishingEverythingAgain() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        sync(ann);
        sync(bob);
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        assertRefused(Problem.SYNC_NOT_ENCRYPTED, () -> sync(ann, anns));
        assertRefused(Problem.SYNC_NOT_ENCRYPTED, () -> session(ann, anns).merge(SyncOptions.DEFAULT));
        assertThat(names("v1/keys/")).isEmpty();

        assertThat(session(ann, anns).startNewEpoch(SyncOptions.DEFAULT).isComplete())
                .isTrue();

        add(bob, "b");
        assertRefused(Problem.SYNC_ENCRYPTED, () -> sync(bob));
        assertRefused(
                Problem.SYNC_ENCRYPTED, () -> session(bob, Encryption.NONE).replace(SyncOptions.DEFAULT));
        assertRefused(Problem.SYNC_PUBLISHED_ANEW, () -> sync(bob, bobs));
        session(bob, bobs).merge(SyncOptions.DEFAULT);
        sync(ann, anns);
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("b");
        assertThat(sync(ann, anns).quarantined())
                .as("what was published in the clear is still there, and said")
                .isNotEmpty()
                .allMatch(file -> file.reason() == Problem.FILE_NOT_ENCRYPTED);
    }

    @Test
    void aNewDeviceBeginsWithAnEncryptedSnapshotWhenTheLogIsGone() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        typeALot(ann);
        sync(ann, anns);
        assertThat(names("v1/snapshots/")).hasSize(1).allMatch(name -> name.endsWith(".age"));
        assertThat(names("v1/base/")).isNotEmpty().allMatch(name -> name.endsWith(".age"));
        segments().forEach(storage::delete);
        Database bob = device("bob");
        assertThat(sync(bob, passphrase()).isComplete()).isTrue();
        assertEqual(ann, bob);
    }
}
