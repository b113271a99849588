package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.MemoryChangelog;
import dev.tidemark.engine.sync.SyncEngine;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Independent requests run in parallel. */
class SlowLineTest {
    private static final UUID LIBRARY = UUID.randomUUID();

    @Test
    void segmentsAreFetchedSideBySide() {
        MemoryStorage storage = new MemoryStorage();
        MemoryChangelog ann = new MemoryChangelog(new ReplicaId(1));
        for (int number = 0; number < 8; number++) {
            ann.write("a" + number);
            SyncEngine.sync(ann, SegmentChangelog.of(storage, LIBRARY));
        }
        CountingStorage met = new CountingStorage(new Meeting(storage, 4));
        MemoryChangelog bob = new MemoryChangelog(new ReplicaId(2));
        SyncEngine.sync(bob, SegmentChangelog.of(met, LIBRARY));
        assertThat(bob.content()).isEqualTo(ann.content());
        assertThat(met.counts().gets()).isEqualTo(8);
    }

    /** Lets requests for segments go on only when some are waiting at the same time. */
    private static final class Meeting implements RemoteStorage {
        private final RemoteStorage storage;
        private final CyclicBarrier barrier;

        Meeting(RemoteStorage storage, int parties) {
            this.storage = storage;
            this.barrier = new CyclicBarrier(parties);
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            if (SegmentName.parse(name).isPresent()) {
                try {
                    barrier.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("Nobody else came", e);
                }
            }
            return storage.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
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
}
