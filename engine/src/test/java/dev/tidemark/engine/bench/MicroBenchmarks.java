package dev.tidemark.engine.bench;

import dev.tidemark.bench.Folders;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Processor time of single steps: commits on a disk in memory, segments, version vectors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MicroBenchmarks {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** A database of each kind where no disk slows them down. */
    @State(Scope.Thread)
    public static class Stores {
        private Path folder;
        private Database engine;
        private PlainTodos plain;
        private List<Todo> rows;
        private int next;

        @Setup(Level.Iteration)
        public void open() throws Exception {
            folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "tidemark-bench")
                    : Files.createTempDirectory("micro");
            engine = TodoTable.open(folder.resolve("engine.db"), Durability.NONE);
            plain = new PlainTodos(folder.resolve("plain.db"), "NORMAL", PlainTodos.Driver.LEAN);
            rows = Todo.some(10_000, 9);
        }

        @TearDown(Level.Iteration)
        public void close() throws Exception {
            engine.close();
            plain.close();
            Folders.delete(folder);
        }

        /** A row that was not there yet. */
        Todo row() {
            Todo row = rows.get(next++ % rows.size());
            return new Todo(Ids.next(), row.title(), row.note(), row.done(), row.priority(), row.due(), row.created());
        }
    }

    /** A thousand changes, and the segment that they make. */
    @State(Scope.Thread)
    public static class Segments {
        private final SegmentEncoder encoder = new SegmentEncoder(new UUID(1, 2), 1);
        private List<Change> changes;
        private SegmentEncoder.Encoded encoded;

        @Setup
        public void make() throws Exception {
            Path folder = Files.createTempDirectory("micro");
            try (Database database = TodoTable.open(folder.resolve("source.db"), Durability.NONE)) {
                TodoTable.insert(database, Todo.some(1_000, 10), 100);
                try (Batch.Reader reader = database.changelog().read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
                    Batch batch = reader.next();
                    changes = batch.changes();
                }
            }
            Folders.delete(folder);
            encoded = encoder.encode(changes);
        }
    }

    /** Vectors of twenty replicas. */
    @State(Scope.Thread)
    public static class Vectors {
        private final VersionVector one = vector(1);
        private final VersionVector other = vector(2);

        private static VersionVector vector(int step) {
            Map<ReplicaId, Long> heads = new HashMap<>();
            for (int replica = 1; replica <= 20; replica++) {
                heads.put(new ReplicaId(replica * 7L), (replica * step) % 13 * 100L);
            }
            return VersionVector.of(heads);
        }
    }

    @Benchmark
    public int commit(Stores stores) {
        Todo row = stores.row();
        return stores.engine.write(tx -> tx.execute(TodoTable.INSERT, row.parameters()));
    }

    @Benchmark
    public void plainCommit(Stores stores) throws Exception {
        stores.plain.insert(stores.row());
    }

    @Benchmark
    public Object encode(Segments segments) {
        return segments.encoder.encode(segments.changes);
    }

    @Benchmark
    public void decode(Segments segments, Blackhole blackhole) {
        SegmentReader reader = SegmentReader.open(segments.encoded.name(), segments.encoded.content());
        for (Change change = reader.next(); change != null; change = reader.next()) {
            blackhole.consume(change);
        }
    }

    @Benchmark
    public Object mergeVectors(Vectors vectors) {
        return vectors.one.merge(vectors.other);
    }

    @Benchmark
    public boolean coverVector(Vectors vectors) {
        return vectors.one.covers(vectors.other);
    }
}
