package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segment compaction while readers miss removed files, processes die in the middle, and storages misbehave. */
class SegmentCompactionFaultsTest extends SegmentCompactionFixture {
    @Test
    void aReaderWhoseFilesGoAfterItsListingReadsWhatTookTheirPlace() {
        Database ann = device("ann");
        RemoteLibrary anns = library(ann, storage);
        addAndSync(anns, ann, MANY - 1);
        Database bob = device("bob");
        CountingStorage counted = new CountingStorage(storage);
        BeforeGet between = new BeforeGet(counted, 1, "/log/", () -> {
            addAndSync(anns, ann, 1);
            now = now.plus(SegmentCompaction.GRACE);
            anns.sync();
            assertThat(segmentsOf(ann.replica())).hasSize(1);
        });
        SyncReport report = library(bob, between).sync();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.quarantined()).isEmpty();
        anns.sync();
        sync(bob);
        anns.sync();
        assertEqual(ann, bob);
    }

    @Proof
    @Test
    void aReaderWhoseFilesGoAgainAndAgainGetsThereAllTheSame() {
        Database ann = device("ann");
        RemoteLibrary anns = library(ann, storage);
        addAndSync(anns, ann, 10);
        Database bob = device("bob");
        BeforeGet between = new BeforeGet(storage, 12, "/log/", () -> {
            // Everything becomes one file under another name, and what the reader knows of goes at once.
            addAndSync(anns, ann, MANY);
            now = now.plus(SegmentCompaction.GRACE);
            anns.sync();
        });
        assertThat(library(bob, between).sync().isComplete()).isTrue();
        assertThat(between.left).isZero();
        addAndSync(anns, ann, 1);
        sync(bob);
        anns.sync();
        assertEqual(ann, bob);
    }

    @Test
    void aFileThatIsListedForEverAndNeverThereDoesNotHoldUpTheRest() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        sync(ann);
        sync(bob);
        add(bob, "b");
        sync(bob);
        String ghost = "v1/log/" + ann.replica()
                + "/000000000002-000000000002-ffeeddccbbaa99887766554433221100-00112233445566778899aabbccddeeff.seg";
        Database cid = device("cid");
        RemoteLibrary cids = library(cid, new Ghost(storage, ghost));
        for (int round = 0; round < 3; round++) {
            SyncReport report = cids.sync();
            assertThat(report.blocked()).isEqualTo(1);
            assertThat(report.quarantined()).hasSize(1);
            assertThat(report.quarantined().getFirst().reason()).isEqualTo(Problem.FILE_VANISHED);
        }
        assertThat(cid.dump()).contains("title='a'", "title='b'");
    }

    @Test
    void whatStoppedBeforeTheMergedFileWasReadBackIsFoundAgain() {
        Database ann = device("ann");
        FailingStorage failing = new FailingStorage(storage);
        RemoteLibrary anns = library(ann, failing);
        addAndSync(anns, ann, MANY - 1);
        add(ann, "the last");
        failing.failGetsAfter(MANY);
        assertThatThrownBy(anns::sync).isInstanceOf(StorageException.class);
        failing.failGetsAfter(Integer.MAX_VALUE);
        assertThat(segmentsOf(ann.replica())).hasSize(MANY + 1);
        RemoteLibrary later = library(ann, storage);
        later.sync();
        now = now.plus(SegmentCompaction.GRACE);
        assertThat(later.sync().isComplete()).isTrue();
        assertThat(segmentsOf(ann.replica())).hasSize(1);
        Database bob = device("bob");
        sync(bob);
        assertThat(bob.changelog().vector().get(ann.replica())).isEqualTo(MANY);
    }

    @Proof
    @Test
    void whereverItIsInterruptedNothingIsLostAndTheNextSyncGoesOn() {
        Database ann = device("ann");
        addAndSync(library(ann, storage), ann, MANY - 1);
        int requests = 0;
        long published = 0;
        boolean isWhole = false;
        while (!isWhole) {
            // Ends as a program that is killed does: with what it had asked for until then, and with no memory of it.
            EndsAfter ending = new EndsAfter(storage, requests);
            RemoteLibrary anns = library(ann, ending);
            try {
                add(ann, "row " + requests);
                anns.sync();
                now = now.plus(SegmentCompaction.GRACE);
                anns.sync();
                isWhole = true;
            } catch (StorageException e) {
                requests += 2;
            }
            Database fresh = device("fresh" + requests);
            MemoryStorage copy = new MemoryStorage();
            carry(storage, copy);
            assertThat(RemoteLibrary.open(fresh, copy).sync().isComplete()).isTrue();
            assertThat(fresh.changelog().vector().get(ann.replica()))
                    .as("after " + requests + " requests")
                    .isBetween(
                            Math.max(published, MANY - 1),
                            ann.changelog().vector().get(ann.replica()));
            published = fresh.changelog().vector().get(ann.replica());
            fresh.close();
        }
        assertThat(published).isEqualTo(ann.changelog().vector().get(ann.replica()));
        assertThat(requests).isGreaterThan(MANY);
        assertChained(ann.replica());
        assertThat(live(ann.replica())).hasSizeLessThanOrEqualTo(SegmentTiers.MAX_FILES);
    }

    @Test
    void nothingIsRemovedForAFileThatIsDamaged() {
        Database ann = device("ann");
        addAndSync(library(ann, storage), ann, MANY);
        String merged = segmentsOf(ann.replica()).stream()
                .filter(name -> name.count() == MANY)
                .findFirst()
                .orElseThrow()
                .toString();
        byte[] content = storage.get(merged);
        byte[] damaged = content.clone();
        damaged[damaged.length / 2] ^= 1;
        storage.put(merged, damaged);
        now = now.plus(SegmentCompaction.GRACE);
        RemoteLibrary later = library(ann, storage);
        later.sync();
        assertThat(segmentsOf(ann.replica())).hasSizeGreaterThanOrEqualTo(MANY);
        Database bob = device("bob");
        assertThat(sync(bob).blocked()).isZero();
        assertThat(bob.changelog().vector()).isEqualTo(ann.changelog().vector());
    }

    @Test
    void aStorageThatRemovesNothingIsNotAskedAgainWithEverySync() {
        Database ann = device("ann");
        CountingStorage counted = new CountingStorage(new NeverRemoves(storage));
        RemoteLibrary anns = library(ann, counted);
        addAndSync(anns, ann, MANY);
        now = now.plus(SegmentCompaction.GRACE);
        anns.sync();
        long deletes = counted.counts().deletes();
        assertThat(deletes).isGreaterThanOrEqualTo(MANY);
        for (int round = 0; round < 10; round++) {
            now = now.plus(Duration.ofMinutes(1));
            assertThat(anns.sync().isComplete()).isTrue();
        }
        assertThat(counted.counts().deletes()).isEqualTo(deletes);
        Database bob = device("bob");
        sync(bob);
        assertThat(bob.changelog().vector().get(ann.replica())).isEqualTo(MANY);
    }

    /** Does something before an object of a kind is fetched, a number of times. */
    private static final class BeforeGet extends OverridableStorage {
        private final String part;
        private final Runnable action;
        private int left;

        BeforeGet(RemoteStorage storage, int times, String part, Runnable action) {
            super(storage);
            this.left = times;
            this.part = part;
            this.action = action;
        }

        @Override
        public byte[] get(String name) {
            synchronized (this) {
                if (left > 0 && name.contains(part)) {
                    left--;
                    action.run();
                }
            }
            return super.get(name);
        }
    }

    /** Lists a segment that is not there. */
    private static final class Ghost extends OverridableStorage {
        private final String name;

        Ghost(RemoteStorage storage, String name) {
            super(storage);
            this.name = name;
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            StoredObject ghost = new StoredObject(name, 100);
            return java.util.stream.Stream.concat(super.list(prefix, after).stream(), java.util.stream.Stream.of(ghost))
                    .sorted(Comparator.comparing(StoredObject::name))
                    .toList();
        }
    }

    /** Answers a number of requests, and then none any more. */
    private static final class EndsAfter extends OverridableStorage {
        private int left;

        EndsAfter(RemoteStorage storage, int requests) {
            super(storage);
            this.left = requests;
        }

        private synchronized void count() {
            if (left == 0) {
                throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The program ended.");
            }
            left--;
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            count();
            return super.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            count();
            return super.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
            count();
            super.put(name, content);
        }

        @Override
        public void delete(String name) {
            count();
            super.delete(name);
        }
    }

    /** A storage whose deletes never happen. */
    private static final class NeverRemoves extends OverridableStorage {
        NeverRemoves(RemoteStorage storage) {
            super(storage);
        }

        @Override
        public void delete(String name) {
            assertThat(Arrays.asList(name.split("/"))).hasSizeGreaterThan(1);
        }
    }
}
