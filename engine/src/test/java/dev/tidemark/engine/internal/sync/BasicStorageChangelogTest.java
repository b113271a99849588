package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.sync.MemoryChangelog;
import dev.tidemark.engine.sync.SyncEngine;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A changelog with one object per change works behind the same interface as the one with segments. */
class BasicStorageChangelogTest {
    private static final UUID LIBRARY = UUID.randomUUID();

    private final CountingStorage storage = new CountingStorage(new MemoryStorage());
    private final MemoryChangelog ann = new MemoryChangelog(new ReplicaId(1));
    private final MemoryChangelog bob = new MemoryChangelog(new ReplicaId(2));

    private void sync(MemoryChangelog device) {
        SyncEngine.sync(device, BasicStorageChangelog.of(storage, LIBRARY));
    }

    @Test
    void devicesSyncThroughItInCausalOrder() {
        for (int number = 0; number < 5; number++) {
            ann.write("a" + number);
            sync(ann);
            sync(bob); // refuses what is out of order
            bob.write("b" + number);
            sync(bob);
            sync(ann);
        }
        assertThat(ann.content()).hasSize(10).isEqualTo(bob.content());
        assertThat(storage.list("v1/log/", null)).hasSize(10);
    }

    @Test
    void takesARequestForEachChangeAndNoneForWhatIsThere() {
        for (int number = 0; number < 7; number++) {
            ann.write("a" + number);
        }
        sync(ann);
        assertThat(storage.counts().puts()).isEqualTo(7);
        sync(ann);
        assertThat(storage.counts().puts()).isEqualTo(7);
        assertThat(storage.counts().lists()).isEqualTo(2);
        sync(bob);
        assertThat(storage.counts().gets()).isEqualTo(7);
    }

    @Test
    void syncsWithTheLogOfSegmentsEitherWay() {
        ann.write("a");
        ann.write("b");
        sync(ann);
        MemoryStorage segments = new MemoryStorage();
        SyncEngine.sync(BasicStorageChangelog.of(storage, LIBRARY), SegmentChangelog.of(segments, LIBRARY));
        assertThat(SegmentChangelog.of(segments, LIBRARY).vector()).isEqualTo(ann.vector());
        SyncEngine.sync(bob, SegmentChangelog.of(storage, LIBRARY)); // its objects are segments of one change
        assertThat(bob.content()).isEqualTo(ann.content());
        MemoryStorage fresh = new MemoryStorage();
        SyncEngine.sync(SegmentChangelog.of(segments, LIBRARY), BasicStorageChangelog.of(fresh, LIBRARY));
        assertThat(BasicStorageChangelog.of(fresh, LIBRARY).vector()).isEqualTo(ann.vector());
        assertThat(BasicStorageChangelog.of(fresh, LIBRARY).floor()).isEqualTo(VersionVector.EMPTY);
    }
}
