package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureFile;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.sync.SegmentChangelog;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * N19: a process that has just started applies 100,000 rows of another replica from the segments in a folder. Each
 * round is a separate process without class data sharing and warm-up.
 */
final class ColdMerge implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        Path storage = Files.createDirectory(folder.resolve("storage"));
        UUID library;
        try (Database database = TodoTable.open(folder.resolve("source.db"), Durability.NONE)) {
            TodoTable.insert(database, Todo.some(ROWS, 19), 1_000);
            RemoteLibrary.open(database, FolderStorage.open(storage)).sync();
            library = database.library();
        }
        List<Double> applied = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Figure figure : BenchmarkProcess.run(
                    process -> {},
                    Cold.class,
                    storage.toString(),
                    library.toString(),
                    folder.resolve("cold-" + round + ".db").toString())) {
                (figure.id().equals("N19") ? applied : whole).add(figure.value());
            }
        }
        return List.of(
                Figure.of("N19", "rows of another replica applied in a cold process, opening included", "s", applied),
                Figure.of("N19.process", "the same, with the start of Java", "s", whole));
    }

    /** The measuring process. Arguments: the folder of the storage; the library; the new database; where figures go. */
    static final class Cold {
        public static void main(String[] arguments) throws Exception {
            long start = System.nanoTime();
            try (Database database = TodoTable.open(Path.of(arguments[2]), Durability.GROUP);
                    Batch.Reader reader = SegmentChangelog.of(
                                    FolderStorage.open(Path.of(arguments[0])), UUID.fromString(arguments[1]))
                            .read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    database.changelog().append(batch);
                }
                long end = System.nanoTime();
                double sinceStart = System.currentTimeMillis()
                        - ProcessHandle.current()
                                .info()
                                .startInstant()
                                .orElseThrow()
                                .toEpochMilli();
                long rows = database.changelog().vector().heads().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                if (rows != ROWS) {
                    throw new IllegalStateException("Only " + rows + " rows were applied");
                }
                FigureFile.write(
                        Path.of(arguments[3]),
                        List.of(
                                Figure.of("N19", "applied", "s", List.of((end - start) / 1e9)),
                                Figure.of("N19.process", "process", "s", List.of(sinceStart / 1e3))));
            }
            System.exit(0);
        }
    }
}
