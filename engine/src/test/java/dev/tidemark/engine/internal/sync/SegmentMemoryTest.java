package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The memory of a sync does not depend on the content of the storage. */
class SegmentMemoryTest extends RemoteLibraryFixture {
    private static final UUID LIBRARY = new UUID(1, 2);
    private static final int REPLICAS = 12;
    private static final int ROUNDS = 4;

    /** Each change was written by the next replica, which had seen all that were before. */
    private void storeConversation() {
        SegmentEncoder encoder = new SegmentEncoder(LIBRARY, 1);
        Map<ReplicaId, Long> seen = new HashMap<>();
        Map<ReplicaId, ChainHash> last = new HashMap<>();
        for (int number = 0; number < ROUNDS * REPLICAS; number++) {
            ReplicaId replica = new ReplicaId(100 - number % REPLICAS);
            Map<ReplicaId, Long> others = new HashMap<>(seen);
            others.remove(replica);
            Change change = new Change(
                    new Dot(replica, 1 + number / REPLICAS),
                    (1_000L + number) << HlcTimestamp.COUNTER_BITS,
                    1_000L + number,
                    new CausalContext(VersionVector.of(others), Set.of()),
                    Change.Kind.INSERT,
                    "todo",
                    new UUID(0x7000, Long.MIN_VALUE + number),
                    Map.of("title", "x".repeat(1_000)));
            SegmentEncoder.Encoded segment =
                    encoder.encode(List.of(change), last.getOrDefault(replica, ChainDigest.start(replica)));
            storage.put(segment.name().toString(), segment.content());
            last.put(replica, segment.name().chain());
            seen.put(replica, change.dot().sequence());
        }
    }

    /** With room for one segment at a time, what comes next is mostly in none that is open. */
    @Test
    void whatHasNoRoomComesLaterAndNothingIsLeftOut() {
        storeConversation();
        FileErrorRegistry troubles = new FileErrorRegistry();
        SegmentIndex index = new SegmentIndex(storage.list("", null), VersionVector.EMPTY, Map.of(), List::of);
        SegmentFetcher fetcher =
                new SegmentFetcher(storage, new Transfers(), header -> FileOrigin.LIBRARY, troubles, Long.MAX_VALUE);
        for (long most : new long[] {1, 2_500, 1L << 30}) {
            List<Long> times = new ArrayList<>();
            try (Batch.Reader reader = new SegmentBatchReader(
                    VersionVector.EMPTY,
                    Batch.Limit.DEFAULT,
                    index,
                    fetcher,
                    (replica, sequence) -> null,
                    lacking -> assertThat(lacking).isEmpty(),
                    chains -> {},
                    new SegmentMemoryBudget(most))) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    batch.changes().forEach(change -> times.add(change.hlcTime()));
                }
            }
            assertThat(times).as("room for %s", most).hasSize(ROUNDS * REPLICAS).isSorted();
        }
        assertThat(troubles.quarantined()).isEmpty();
    }

    /** The planted segments are the first that are read, and their content takes all the room that there is. */
    @Test
    void segmentsThatAreRefusedForATimestampGiveTheirRoomBack() {
        storeConversation();
        SegmentEncoder encoder = new SegmentEncoder(LIBRARY, 1);
        for (int number = 1; number <= 3; number++) {
            Change change = new Change(
                    new Dot(new ReplicaId(number), 1),
                    2_000_000_000_000L << HlcTimestamp.COUNTER_BITS,
                    1_000L,
                    CausalContext.EMPTY,
                    Change.Kind.INSERT,
                    "todo",
                    new UUID(0x7001, Long.MIN_VALUE + number),
                    Map.of("title", "x".repeat(10_000)));
            SegmentEncoder.Encoded segment = encoder.encode(List.of(change));
            storage.put(segment.name().toString(), segment.content());
        }
        SegmentIndex index = new SegmentIndex(storage.list("", null), VersionVector.EMPTY, Map.of(), List::of);
        SegmentFetcher fetcher = new SegmentFetcher(
                storage,
                new Transfers(),
                header -> FileOrigin.LIBRARY,
                new FileErrorRegistry(),
                1_000_000_000_000L << HlcTimestamp.COUNTER_BITS);
        int read = 0;
        try (Batch.Reader reader = new SegmentBatchReader(
                VersionVector.EMPTY,
                Batch.Limit.DEFAULT,
                index,
                fetcher,
                (replica, sequence) -> null,
                lacking -> assertThat(lacking).hasSize(3),
                chains -> {},
                new SegmentMemoryBudget(2_500))) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                read += batch.changes().size();
            }
        }
        assertThat(read).isEqualTo(ROUNDS * REPLICAS);
    }

    @Test
    void aFileForWhichThereIsNoMemoryIsSetAsideAlone() {
        storage.put("v1/file", new byte[10]);
        FileErrorRegistry troubles = new FileErrorRegistry();
        RemoteFiles files = new RemoteFiles(storage, new Transfers(), troubles);
        Future<byte[]> request = files.start("v1/file", 10);
        Object read = files.open("v1/file", 10, request, content -> {
            throw new OutOfMemoryError("as a decoder would");
        });
        assertThat(read).isNull();
        assertThat(troubles.quarantined())
                .containsExactly(new SyncReport.QuarantinedFile("v1/file", Problem.FILE_NO_MEMORY));
        assertThat(troubles.damaged()).isEmpty();
    }

    /** Sparse files take nothing on the disk. */
    @Test
    void hugeFilesNamedLikeSegmentsAreNamedAndNotRead() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (RemoteStorage there = FolderStorage.open(shared)) {
            Database ann = device("ann");
            add(ann, "one");
            RemoteLibrary.open(ann, there).sync();
            for (int number = 1; number <= 8; number++) {
                String name = "v1/log/" + new ReplicaId(number)
                        + "/000000000001-000000000002-ffeeddccbbaa99887766554433221100-0123456789abcdef0123456789abcdef.seg";
                Path file = shared.resolve(name);
                Files.createDirectories(file.getParent());
                try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate(1), (1L << 30) - 1);
                }
            }
            Database bob = device("bob");
            SyncReport report = RemoteLibrary.open(bob, there).sync();
            assertThat(report.quarantined()).hasSize(8).allMatch(file -> file.reason() == Problem.FILE_TOO_LARGE);
            assertThat(report.bytesReceived()).isLessThan(100_000);
            assertThat(bob.dump()).isEqualTo(ann.dump());
        }
    }
}
