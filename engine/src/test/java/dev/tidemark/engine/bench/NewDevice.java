package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * N12: the first sync of a new device from a library of 100,000 rows with 1,000,000 changes, with a snapshot and
 * without.
 */
final class NewDevice implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = Integer.getInteger("tidemark.bench.rows", 100_000);
    private static final int TIMES_CHANGED = 9;

    private int files;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        MemoryStorage whole = new MemoryStorage();
        MemoryStorage logOnly = new MemoryStorage();
        publish(folder, whole);
        for (StoredObject object : whole.list("", null)) {
            if (!object.name().startsWith("v1/snapshots/") && !object.name().startsWith("v1/base/")) {
                logOnly.put(object.name(), whole.get(object.name()));
            }
        }
        List<Double> fetched = new ArrayList<>();
        List<Double> log = new ArrayList<>();
        Rounds rounds =
                Rounds.alternating(ROUNDS, () -> join(folder, whole, fetched), () -> join(folder, logOnly, log));
        return List.of(
                Figure.of(
                                "N12",
                                "new devices, whole first syncs with a snapshot beside those without",
                                "1/min",
                                rounds.measured())
                        .against(rounds.baseline()),
                Figure.of("N12.bytes", "bytes fetched with a snapshot beside those without", "bytes", fetched)
                        .against(log));
    }

    private void publish(Path folder, RemoteStorage storage) {
        try (Database database = TodoTable.open(next(folder), Durability.NONE)) {
            TodoTable.insert(database, Todo.some(ROWS, 12), 1_000);
            RemoteLibrary library = RemoteLibrary.open(database, storage);
            library.sync();
            for (int time = 0; time < TIMES_CHANGED; time++) {
                String title = "changed " + time + " ";
                // 100,000 changes of their own, a little different in each row.
                database.write(tx -> tx.execute("UPDATE todo SET title = ? || hex(substr(id, 10))", title));
                library.sync();
            }
            if (storage.list("v1/snapshots/", null).isEmpty()) {
                throw new IllegalStateException("The log has outgrown the state, and no snapshot was made");
            }
        }
    }

    private double join(Path folder, RemoteStorage storage, List<Double> bytes) {
        // It only reads: else it might add a snapshot where there is to be none.
        try (Database database = TodoTable.open(next(folder), Durability.GROUP)) {
            long start = System.nanoTime();
            SyncReport report = RemoteLibrary.open(database, storage).sync(SyncOptions.DEFAULT.pushingIf(() -> false));
            double perMinute = Rounds.perSecond(60, start);
            if (!report.isComplete()) {
                throw new IllegalStateException("The new device does not have everything: " + report);
            }
            bytes.add((double) report.bytesReceived());
            return perMinute;
        }
    }

    private Path next(Path folder) {
        return folder.resolve("n12-" + files++ + ".db");
    }
}
