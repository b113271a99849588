package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Retiring a device accepts the loss of changes that are in no file, but not of changes that cannot be read at the
 * moment (docs/correctness.md#r7).
 */
class UnreadRetirementTest extends EncryptedRemoteFixture {
    private final FaultyStorage bad = new FaultyStorage(storage);

    private RemoteSession session(Database device, Encryption secrets) {
        return new RemoteSession(device, bad, "", InstantSource.system(), secrets, ScryptCost.MIN);
    }

    private void retire(Database by, ReplicaId gone) {
        session(by, Encryption.NONE).retire(gone, SyncOptions.DEFAULT);
    }

    private void assertNobodyIsRetired(Problem problem, Database by, ReplicaId gone) {
        assertRefused(problem, () -> retire(by, gone));
        assertThat(names("v1/retired/")).isEmpty();
    }

    /** The only file that a device has put since it was last asked. */
    private String fresh(Database device, String title) {
        var before = segments();
        add(device, title);
        sync(device);
        return segments().stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileThatTheStorageFailsToGiveIsNotGivenUp() {
        Database ann = device("ann");
        Database bob = device("bob");
        fresh(bob, "first");
        sync(ann);
        String unread = fresh(bob, "second");
        bob.close();
        bad.unreadable(unread, true);
        assertNobodyIsRetired(Problem.SYNC_RETIRES_UNREAD, ann, replica(unread));
        bad.unreadable(unread, false);
        retire(ann, replica(unread));
        Database cid = device("cid");
        sync(cid);
        assertThat(cid.dump()).contains("first", "second");
        assertEqual(ann, cid);
    }

    @Test
    void whoeverTakesAwayWhatCannotBeReadGivesItUp() {
        Database ann = device("ann");
        Database bob = device("bob");
        fresh(bob, "first");
        sync(ann);
        String unread = fresh(bob, "second");
        bob.close();
        bad.unreadable(unread, true);
        assertNobodyIsRetired(Problem.SYNC_RETIRES_UNREAD, ann, replica(unread));
        storage.delete(unread);
        retire(ann, replica(unread));
        assertThat(sync(ann).isComplete()).isTrue();
        assertThat(ann.dump()).contains("first").doesNotContain("second");
    }

    @Test
    void aFileThatIsListedAndNotThereYetIsNotGivenUp() {
        Database ann = device("ann");
        Database bob = device("bob");
        fresh(bob, "first");
        sync(ann);
        bad.giveYesterday(true);
        String late = fresh(bob, "second");
        assertNobodyIsRetired(Problem.SYNC_RETIRES_UNREAD, ann, replica(late));
        bad.giveYesterday(false);
        retire(ann, replica(late));
        assertThat(ann.dump()).contains("second");
    }

    @Test
    void whatWaitsForAFileThatCannotBeReadIsNotGivenUpEither() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(ann, "shared");
        sync(ann);
        String unread = fresh(bob, "of Bob");
        sync(cid);
        String waits = fresh(cid, "built on it");
        bad.unreadable(unread, true);
        assertNobodyIsRetired(Problem.SYNC_RETIRES_UNREAD, ann, replica(waits));
        bad.unreadable(unread, false);
        retire(ann, replica(waits));
        assertThat(ann.dump()).contains("built on it");
    }

    @Test
    void whoIsHereAsAWholeIsRetiredWhateverElseCannotBeRead() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        String whole = fresh(cid, "of Cid");
        sync(ann);
        String unread = fresh(bob, "of Bob");
        bad.unreadable(unread, true);
        retire(ann, replica(whole));
        assertThat(names("v1/retired/")).hasSize(1);
    }

    @Test
    void whatIsWrittenWithAKeyThatIsNotHereIsNotGivenUp() {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        add(bob, "first");
        sync(bob, bobs);
        sync(ann, anns);
        keyFiles().rotateKey(bobs.held(), "another passphrase".toCharArray(), bobs::unlocked);
        add(bob, "second");
        sync(bob, bobs);
        ReplicaId gone = bob.replica();
        anns.type(null);
        assertRefused(Problem.SYNC_RETIRES_UNREAD, () -> session(ann, anns).retire(gone, SyncOptions.DEFAULT));
        assertThat(names("v1/retired/")).isEmpty();
        anns.type("another passphrase");
        session(ann, anns).retire(gone, SyncOptions.DEFAULT);
        assertThat(ann.dump()).contains("second");
        assertThat(names("v1/retired/")).hasSize(1);
    }

    /** The log before it has gone, so its later changes lack what the snapshot brings. */
    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"v1/snapshots/", "v1/base/"})
    void whatFollowsOnASnapshotThatCannotBeReadIsNotGivenUp(String unread) {
        Database bob = device("bob");
        typeALot(bob);
        sync(bob);
        segments().forEach(storage::delete);
        String later = fresh(bob, "later");
        bob.close();
        String file = names(unread).getFirst();
        bad.unreadable(file, true);
        Database cid = device("cid");
        assertNobodyIsRetired(Problem.SYNC_RETIRES_UNREAD, cid, replica(later));
        bad.unreadable(file, false);
        retire(cid, replica(later));
        assertThat(sync(cid).isComplete()).isTrue();
        assertThat(cid.dump()).contains("typed", "later");
    }

    /** It never was more than a copy: what it stands for can be had, or is lost with it. */
    @Test
    void aDamagedSnapshotKeepsNobodyActive() {
        Database ann = device("ann");
        Database bob = device("bob");
        typeALot(bob);
        sync(bob);
        sync(ann);
        String manifest = names("v1/snapshots/").getFirst();
        storage.put(manifest, new byte[] {1, 2, 3});
        String later = fresh(bob, "later");
        storage.put(later, new byte[] {1, 2, 3});
        retire(ann, replica(later));
        assertThat(names("v1/retired/")).hasSize(1);
        assertThat(ann.dump()).contains("typed").doesNotContain("later");
    }

    @Test
    void whereANewerVersionWritesNobodyIsRetired() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        fresh(bob, "first");
        sync(ann);
        String segment = fresh(bob, "second");
        byte[] newer = storage.get(segment);
        newer[9] = 2;
        byte[] content = Arrays.copyOf(newer, newer.length - 32);
        byte[] checksum = MessageDigest.getInstance("SHA-256").digest(content);
        System.arraycopy(checksum, 0, newer, content.length, 32);
        storage.put(segment, newer);
        assertNobodyIsRetired(Problem.SYNC_STORAGE_NEWER, ann, bob.replica());
    }

    @Test
    void nobodyIsRetiredBySomebodyWhoCancels() {
        Database ann = device("ann");
        Database bob = device("bob");
        fresh(bob, "first");
        sync(ann);
        fresh(bob, "second");
        assertThat(session(ann, Encryption.NONE)
                        .retire(bob.replica(), SyncOptions.DEFAULT.cancelledWhen(() -> true))
                        .cancelled())
                .isTrue();
        assertThat(names("v1/retired/")).isEmpty();
    }

    private static ReplicaId replica(String segment) {
        return SegmentName.parse(segment).orElseThrow().replica();
    }
}
