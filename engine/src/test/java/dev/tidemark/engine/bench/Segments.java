package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.sync.SegmentChangelog;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** N17: the size of the segments of 100,000 rows, and the cost of applying them a second time relative to the first. */
final class Segments implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;
    private static final double MEGABYTE = 1e6;

    private int files;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        MemoryStorage storage = new MemoryStorage();
        UUID library;
        try (Database database = TodoTable.open(next(folder), Durability.NONE)) {
            TodoTable.insert(database, Todo.some(ROWS, 17), 1_000);
            RemoteLibrary.open(database, storage).sync();
            library = database.library();
        }
        double bytes = storage.list("v1/log/", null).stream()
                .mapToLong(StoredObject::size)
                .sum();
        List<Double> once = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            try (Database fresh = TodoTable.open(next(folder), Durability.GROUP)) {
                double first = apply(fresh, storage, library);
                double second = apply(fresh, storage, library);
                if (round > 0) {
                    once.add(first);
                    again.add(second);
                }
            }
        }
        return List.of(
                Figure.of("N17", "segments of 100,000 todo rows", "MB", List.of(bytes / MEGABYTE)),
                Figure.of("N17.again", "applying them again, beside applying them", "ms", again)
                        .against(once));
    }

    /** From the bytes of the storage, all of them, whatever the database has. */
    private static double apply(Database database, MemoryStorage storage, UUID library) {
        long start = System.nanoTime();
        try (Batch.Reader reader =
                SegmentChangelog.of(storage, library).read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                database.changelog().append(batch);
            }
        }
        return (System.nanoTime() - start) / MEGABYTE;
    }

    private Path next(Path folder) {
        files++;
        return folder.resolve("segments-" + files + ".db");
    }
}
