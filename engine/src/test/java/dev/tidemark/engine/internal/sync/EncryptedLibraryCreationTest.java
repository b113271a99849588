package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Creating an encrypted library by one or two devices, with interruptions. */
class EncryptedLibraryCreationTest extends EncryptedRemoteFixture {
    @Test
    void aRecoveryCodeCannotCreateALibrary() {
        Database ann = device("ann");
        add(ann, "a");
        String code =
                new String(dev.tidemark.engine.encryption.RecoveryCode.random().toCharArray());
        assertRefused(Problem.SYNC_CODE_FOUNDS_NOTHING, () -> sync(ann, new Secrets(code)));
        assertThat(names()).isEmpty();
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
        String code = text(KeyFiles.in(left, ScryptCost.MIN).newRecoveryCode(anns.held()));
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
        RemoteSession session = new RemoteSession(ann, line, "", InstantSource.system(), anns, ScryptCost.MIN);
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
}
