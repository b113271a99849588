package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteKeys;
import dev.tidemark.engine.sync.SyncReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing the passphrase, the recovery code and the key of an encrypted library. */
class EncryptionChangesTest extends EncryptedRemoteFixture {
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
    void aRecoveryCodeIsNeverThePassphrase() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        List<String> before = names();
        char[] code = text(anns.code()).toCharArray();
        RemoteKeys keys = RemoteKeys.in(storage);
        assertRefused(Problem.SYNC_CODE_AS_PASSPHRASE, () -> keys.changePassphrase(anns.held(), code));
        assertRefused(Problem.SYNC_CODE_AS_PASSPHRASE, () -> keys.rotateKey(anns.held(), code, anns::unlocked));
        assertThat(names()).isEqualTo(before);
        assertThat(sync(device("bob"), passphrase()).isComplete()).isTrue();
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
    void keyRotationKeepsOldFilesReadableAndLocksOutDevicesWithOnlyOldKeys() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "a");
        sync(ann, anns);
        sync(bob, bobs);
        LibraryKeys lost = bobs.held();

        RecoveryCode code = keyFiles().rotateKey(anns.held(), "another passphrase".toCharArray(), anns::unlocked);
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
        assertThat(sync(device("cid"), new Secrets(text(code))).isComplete()).isTrue();
    }

    /**
     * Else a part of the library would open with the passphrase or code before, and with nothing that is known today.
     */
    @Test
    void whoLacksAKeyChangesNothingOfTheOthers() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(ann, "a");
        sync(ann, anns);
        sync(bob, bobs);
        keyFiles().rotateKey(anns.held(), "another passphrase".toCharArray(), anns::unlocked);
        List<String> before = names();
        LibraryKeys old = bobs.held();
        char[] third = "third passphrase".toCharArray();
        assertRefused(Problem.SYNC_NEW_KEY, () -> keyFiles().changePassphrase(old, third));
        assertRefused(Problem.SYNC_NEW_KEY, () -> keyFiles().newRecoveryCode(old));
        assertRefused(Problem.SYNC_NEW_KEY, () -> keyFiles().rotateKey(old, third, bobs::unlocked));
        assertThat(names()).isEqualTo(before);
        assertThat(bobs.held().identities()).isEqualTo(old.identities());
        bobs.type("another passphrase");
        sync(bob, bobs);
        keyFiles().changePassphrase(bobs.held(), third);
        assertThat(sync(device("cid"), new Secrets("third passphrase")).isComplete())
                .isTrue();
    }

    /** As when the line breaks: whoever made the key has it, and knows that a code is missing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aNewKeyThatBreaksOffLocksOutNobodyWhoMadeIt(int puts) {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        FailingStorage line = new FailingStorage(storage);
        line.failPutsAfter(puts);
        assertThatThrownBy(() -> KeyFiles.in(line, ScryptCost.MIN)
                        .rotateKey(anns.held(), "another passphrase".toCharArray(), anns::unlocked))
                .isInstanceOf(StorageException.class);
        anns.type(null);
        add(ann, "b");
        assertThat(sync(ann, anns).isComplete()).isTrue();
        boolean isThere = puts >= 2;
        assertThat(anns.isCodeWhole()).isEqualTo(!isThere);
        Secrets next = new Secrets(isThere ? "another passphrase" : PASSPHRASE);
        assertThat(sync(device("bob"), next).isComplete()).isTrue();
        assertThat(next.held().identities()).hasSize(isThere ? 2 : 1);
        RecoveryCode code = keyFiles().rotateKey(anns.held(), "third passphrase".toCharArray(), anns::unlocked);
        add(ann, "c");
        assertThat(sync(ann, anns).isComplete()).isTrue();
        assertThat(sync(device("cid"), new Secrets(text(code))).isComplete()).isTrue();
    }

    @Test
    void anInterruptedPassphraseChangeLeavesBothValidAndTheNextRepairsIt() {
        Database ann = device("ann");
        Secrets anns = passphrase();
        add(ann, "a");
        sync(ann, anns);
        FailingStorage line = new FailingStorage(storage);
        line.failGetsAfter(0);
        assertThatThrownBy(() ->
                        KeyFiles.in(line, ScryptCost.MIN).changePassphrase(anns.held(), "second one".toCharArray()))
                .isInstanceOf(StorageException.class);
        assertThat(names("v1/keys/")).hasSize(3);
        assertThat(keyFiles().unlock(PASSPHRASE.toCharArray()).identities()).hasSize(1);
        assertThat(keyFiles().unlock("second one".toCharArray()).identities()).hasSize(1);
        keyFiles().changePassphrase(anns.held(), "third one".toCharArray());
        assertThat(names("v1/keys/")).hasSize(2);
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> keyFiles().unlock("second one".toCharArray()));
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
        KeyFiles.in(line, ScryptCost.MIN).changePassphrase(anns.held(), "by Ann".toCharArray());
        for (String passphrase : List.of("by Ann", "by Bob")) {
            assertThat(keyFiles().unlock(passphrase.toCharArray()).identities())
                    .isEqualTo(anns.held().identities());
        }
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> keyFiles().unlock(PASSPHRASE.toCharArray()));
    }
}
