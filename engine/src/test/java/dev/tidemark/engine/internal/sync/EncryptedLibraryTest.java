package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.SealCost;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.Joining;
import dev.tidemark.engine.sync.SyncException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Real databases and an encrypted storage between them. */
class EncryptedLibraryTest extends EncryptedRemoteFixture {
    static void assertRefused(Problem problem, ThrowingCallable sync) {
        assertThatThrownBy(sync)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

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

    @Test
    void aRecoveryCodeFoundsNothing() {
        Database ann = device("ann");
        add(ann, "a");
        String code =
                new String(dev.tidemark.engine.encryption.RecoveryCode.random().toCharArray());
        assertRefused(Problem.SYNC_CODE_FOUNDS_NOTHING, () -> sync(ann, new Secrets(code)));
        assertThat(names()).isEmpty();
    }

    @Test
    void aNewPassphraseChangesOnlyTheSealedKey() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "a");
        sync(ann, anns);
        sync(bob, bobs);
        List<String> others =
                names().stream().filter(name -> !name.contains(".passphrase.")).toList();
        List<String> before = names("v1/keys/");

        keyFiles().changePassphrase(anns.held(), "another passphrase".toCharArray());

        assertThat(names().stream().filter(name -> !name.contains(".passphrase.")))
                .isEqualTo(others);
        assertThat(names("v1/keys/")).hasSameSizeAs(before).isNotEqualTo(before);
        add(bob, "b");
        assertThat(sync(bob, bobs).isComplete())
                .as("goes on with the key it has")
                .isTrue();
        assertThat(bobs.asked()).isEqualTo(1);
        bobs.forgetKeys();
        add(bob, "c");
        assertRefused(Problem.SYNC_PASSPHRASE_CHANGED, () -> sync(bob, bobs));
        bobs.type("another passphrase");
        assertThat(sync(bob, bobs).pushed()).isEqualTo(1);
        sync(ann, anns);
        assertEqual(ann, bob);
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> sync(device("cid"), passphrase()));
        assertThat(sync(device("dan"), new Secrets(text(anns.code()))).isComplete())
                .as("the recovery code stays")
                .isTrue();
    }

    @Test
    void aKeyThatIsListedAndNotThereYetIsNoWrongPassphrase() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        FailingStorage line = new FailingStorage(storage);
        Database bob = device("bob");
        line.hideGetsOf("v1/keys/");
        assertThatThrownBy(() -> sync(bob, line, passphrase()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.STORAGE_LISTING_BEHIND));
        line.hideGetsOf("");
        assertThat(sync(bob, line, passphrase()).isComplete()).isTrue();
        assertEqual(ann, bob);
    }

    @Test
    void whoFoundsBehindALaggingListingTakesNoNewerPassphraseAway() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        keyFiles().changePassphrase(anns.held(), "another passphrase".toCharArray());

        keyFiles().addPassphrase(anns.held(), text(anns.code()).toCharArray());

        assertThat(sync(device("bob"), new Secrets("another passphrase")).isComplete())
                .isTrue();
    }

    @Test
    void aNewRecoveryCodeTakesTheOldOnesPlace() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        String first = text(anns.code());
        String second = text(keyFiles().newRecoveryCode(anns.held()));
        assertRefused(Problem.SYNC_WRONG_RECOVERY_CODE, () -> sync(device("bob"), new Secrets(first)));
        assertThat(sync(
                                device("cid"),
                                new Secrets(second.toLowerCase(java.util.Locale.ROOT)
                                        .replace('-', ' ')))
                        .isComplete())
                .isTrue();
        assertThat(sync(device("dan"), passphrase()).isComplete()).isTrue();
    }

    @Test
    void aNewKeyForLaterFilesKeepsTheOldOnesReadableAndLocksOutWhoHasOnlyThose() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "a");
        sync(ann, anns);
        sync(bob, bobs);
        LibraryKeys lost = bobs.held();

        var renewed = keyFiles().newKeyForLaterFiles(anns.held(), "another passphrase".toCharArray());
        anns.unlocked(renewed.keys());
        add(ann, "secret from now on");
        sync(ann, anns);

        bobs.type(null);
        add(bob, "b");
        SyncReport stale = sync(bob, bobs);
        assertThat(stale.isComplete()).isFalse();
        assertThat(stale.blocked()).isEqualTo(1);
        assertThat(stale.pushed()).as("loses nothing").isEqualTo(1);
        assertThat(stale.quarantined()).extracting(file -> file.reason()).containsOnly(Problem.FILE_KEY_UNKNOWN);
        assertThat(bob.dump()).doesNotContain("secret from now on");

        bobs.type("another passphrase");
        assertThat(sync(bob, bobs).isComplete()).isTrue();
        assertThat(bobs.held().identities())
                .hasSize(2)
                .startsWith(lost.identities().getFirst());
        sync(ann, anns);
        assertEqual(ann, bob);
        assertThat(sync(device("cid"), new Secrets(text(renewed.code()))).isComplete())
                .isTrue();
    }

    @Test
    void twoDevicesThatFoundAnEncryptedLibraryAtOnceBecomeOneWithAllData() {
        RemoteStorage left = storage;
        RemoteStorage right = new MemoryStorage();
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "from Ann");
        add(bob, "from Bob");
        sync(ann, left, anns);
        sync(bob, right, bobs);
        carry(left, right);
        anns.type(null);
        assertRefused(Problem.SYNC_NEW_KEY, () -> sync(ann, left, anns));
        anns.type(PASSPHRASE);
        for (int round = 0; round < 3; round++) {
            sync(ann, left, anns);
            sync(bob, right, bobs);
            carry(left, right);
        }
        assertThat(sync(ann, left, anns).isComplete()).isTrue();
        assertThat(sync(bob, right, bobs).isComplete()).isTrue();
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("from Ann", "from Bob");
        assertThat(anns.held().identities()).isEqualTo(bobs.held().identities()).hasSize(2);
        Database cid = device("cid");
        assertThat(sync(cid, left, passphrase()).isComplete()).isTrue();
        assertEqual(ann, cid);

        assertThat(anns.isCodeWhole()).as("each code opens half").isFalse();
        String code = text(KeyFiles.in(left, SealCost.LEAST).newRecoveryCode(anns.held()));
        sync(ann, left, anns);
        assertThat(anns.isCodeWhole()).isTrue();
        Database dan = device("dan");
        assertThat(sync(dan, left, new Secrets(code)).isComplete()).isTrue();
        assertEqual(ann, dan);
    }

    @Test
    void oneFounderHasOneCodeForEverything() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        assertThat(anns.isCodeWhole()).isTrue();
        keyFiles().changePassphrase(anns.held(), "another passphrase".toCharArray());
        sync(ann, anns);
        assertThat(anns.isCodeWhole()).isTrue();
    }

    private RemoteSession session(Database device, Encryption secrets) {
        return new RemoteSession(device, storage, "", InstantSource.system(), secrets, SealCost.LEAST);
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
        assertRefused(Problem.SYNC_NOT_ENCRYPTED, () -> session(ann, anns).connect(Joining.MERGE, SyncOptions.DEFAULT));
        assertThat(names("v1/keys/")).isEmpty();

        assertThat(session(ann, anns)
                        .publishEverythingAgain(SyncOptions.DEFAULT)
                        .isComplete())
                .isTrue();

        add(bob, "b");
        assertRefused(Problem.SYNC_ENCRYPTED, () -> sync(bob));
        assertRefused(
                Problem.SYNC_ENCRYPTED,
                () -> session(bob, Encryption.NONE).connect(Joining.REPLACE, SyncOptions.DEFAULT));
        assertRefused(Problem.SYNC_PUBLISHED_ANEW, () -> sync(bob, bobs));
        session(bob, bobs).connect(Joining.MERGE, SyncOptions.DEFAULT);
        sync(ann, anns);
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("b");
        assertThat(sync(ann, anns).quarantined())
                .as("what was published in the clear is still there, and said")
                .isNotEmpty()
                .allMatch(file -> file.reason() == Problem.FILE_NOT_ENCRYPTED);
    }

    @Test
    void aPassphraseChangeThatBreaksOffLeavesBothValidAndTheNextMendsIt() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        FailingStorage line = new FailingStorage(storage);
        line.failGetsAfter(0);
        assertThatThrownBy(() ->
                        KeyFiles.in(line, SealCost.LEAST).changePassphrase(anns.held(), "second one".toCharArray()))
                .isInstanceOf(StorageException.class);
        assertThat(names("v1/keys/")).hasSize(3);
        assertThat(keyFiles().unlock(PASSPHRASE.toCharArray()).identities()).hasSize(1);
        assertThat(keyFiles().unlock("second one".toCharArray()).identities()).hasSize(1);
        keyFiles().changePassphrase(anns.held(), "third one".toCharArray());
        assertThat(names("v1/keys/")).hasSize(2);
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> keyFiles().unlock("second one".toCharArray()));
    }

    @Test
    void halfAKeyOfAFoundingThatNobodyTakesUpAgainKeepsNobodyOut() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann, passphrase());
        String key = names("v1/keys/").getFirst();
        byte[] whole = storage.get(key);
        MemoryStorage remote = new MemoryStorage();
        remote.put(key, Arrays.copyOf(whole, whole.length / 2));
        Database bob = device("bob");
        add(bob, "b");
        Secrets bobs = passphrase();
        assertThat(sync(bob, remote, bobs).isComplete()).isTrue();
        assertThat(bobs.codes()).isEqualTo(1);
        Database cid = device("cid");
        assertThat(sync(cid, remote, passphrase()).isComplete()).isTrue();
        assertEqual(bob, cid);
    }

    @Test
    void aKeyOfWhichOnlyHalfArrivedIsSealedAgainBeforeAnythingIsWrittenWithIt() {
        FailingStorage line = new FailingStorage(storage);
        Database ann = device("ann");
        add(ann, "a");
        Secrets anns = passphrase();
        RemoteSession session = new RemoteSession(ann, line, "", InstantSource.system(), anns, SealCost.LEAST);
        line.halvePutsOf("v1/keys/");
        assertThatThrownBy(() -> session.sync(SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        line.halvePutsOf("");
        assertThat(session.sync(SyncOptions.DEFAULT).isComplete()).isTrue();
        assertThat(names("v1/keys/")).hasSize(2);
        Database bob = device("bob");
        assertThat(sync(bob, passphrase()).isComplete()).isTrue();
        assertEqual(ann, bob);
    }

    @Test
    void twoPassphraseChangesAtOnceLoseNothing() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        FailingStorage line = new FailingStorage(storage);
        AtomicBoolean isDone = new AtomicBoolean();
        line.beforeEachPut(() -> {
            if (!isDone.getAndSet(true)) {
                keyFiles().changePassphrase(anns.held(), "by Bob".toCharArray());
            }
        });
        KeyFiles.in(line, SealCost.LEAST).changePassphrase(anns.held(), "by Ann".toCharArray());
        for (String passphrase : List.of("by Ann", "by Bob")) {
            assertThat(keyFiles().unlock(passphrase.toCharArray()).identities())
                    .isEqualTo(anns.held().identities());
        }
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> keyFiles().unlock(PASSPHRASE.toCharArray()));
    }

    @Test
    void aFoundingThatBreaksOffAnywhereIsTakenUpAgain() {
        for (int puts = 0; puts < 6; puts++) {
            MemoryStorage remote = new MemoryStorage();
            FailingStorage line = new FailingStorage(remote);
            Database ann = device("ann" + puts);
            Secrets anns = passphrase().forgetful();
            add(ann, "a");
            line.failPutsAfter(puts);
            try {
                sync(ann, line, anns);
            } catch (StorageException expected) {
                assertThat(expected.problem()).isEqualTo(Problem.STORAGE_REQUEST_FAILED);
            }
            line.failPutsAfter(Integer.MAX_VALUE);
            assertThat(sync(ann, line, anns).isComplete()).as(puts + " puts").isTrue();
            assertThat(anns.codes()).as(puts + " puts").isEqualTo(1);
            Database bob = device("bob" + puts);
            assertThat(sync(bob, line, new Secrets(text(anns.code()))).isComplete())
                    .isTrue();
            Database cid = device("cid" + puts);
            assertThat(sync(cid, line, passphrase()).isComplete()).isTrue();
            sync(ann, line, anns);
            assertEqual(ann, bob, cid);
        }
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
