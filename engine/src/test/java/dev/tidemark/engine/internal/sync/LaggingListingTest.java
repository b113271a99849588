package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listings that omit names they showed earlier in the same sync, or show files that cannot be read yet. */
class LaggingListingTest extends ForkFixture {
    /** A storage that lists files with this prefix until they are asked for, and never gives them. */
    private static final class Forgetful extends OverridableStorage {
        private final String prefix;
        private volatile boolean wasAsked;

        Forgetful(RemoteStorage storage, String prefix) {
            super(storage);
            this.prefix = prefix;
        }

        @Override
        public List<StoredObject> list(String folder, String after) {
            return super.list(folder, after).stream()
                    .filter(object -> !wasAsked || !object.name().startsWith(prefix))
                    .toList();
        }

        @Override
        public byte[] get(String name) {
            if (name.startsWith(prefix)) {
                wasAsked = true;
                throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
            }
            return super.get(name);
        }
    }

    @Test
    void aListingThatTakesBackWhatItShowedDoesNotKeepOursFromBeingPublished() {
        Database bob = device("bob");
        Database ann = device("ann");
        add(bob, "of Bob");
        sync(bob);
        sync(ann);
        add(bob, "another of Bob");
        sync(bob);
        // Bob tidies up: one file holds both.
        List<Change> both = changes(bob).stream()
                .filter(change -> change.dot().replica().equals(bob.replica()))
                .toList();
        SegmentEncoder.Encoded merged = new SegmentEncoder(bob.library(), 1).encode(both);
        segments().forEach(storage::delete);
        storage.put(merged.name().toString(), merged.content());
        add(ann, "of Ann, who knows the first of Bob's");
        SyncReport report = RemoteLibrary.open(ann, new Forgetful(storage, "v1/log/" + bob.replica()))
                .sync();
        assertThat(report.pushed()).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
        sync(ann);
        sync(bob);
        assertEqual(ann, bob);
    }

    @Test
    void aCloneFileThatIsNotReadableYetIsAwaited() throws Exception {
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann.close();
        Files.copy(folder.resolve("ann.db"), folder.resolve("twin.db"));
        ann = device("ann");
        add(ann, "of Ann");
        sync(ann);
        ReplicaId before = ann.replica();
        Database twin = device("twin");
        add(twin, "of the twin");
        RemoteLibrary late = RemoteLibrary.open(twin, new Forgetful(storage, "v1/log/" + before + "/000000000002"));
        assertThatThrownBy(late::sync)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        trouble -> assertThat(trouble.problem()).isEqualTo(Problem.STORAGE_LISTING_BEHIND));
        sync(twin);
        assertThat(twin.replica()).isNotEqualTo(before);
        sync(ann);
        sync(twin);
        assertEqual(ann, twin);
    }
}
