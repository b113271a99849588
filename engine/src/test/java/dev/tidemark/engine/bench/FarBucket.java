package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.internal.sync.BasicStorageChangelog;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.ThrottledStorage;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.engine.sync.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * N10: uploading 50, 500 and 10,000 changes to a bucket with 25 ms a get, 250 a put and 50 a listing, against
 * sequential uploads of one object per change. The engine really waits, because it sends requests in parallel. The
 * baseline adds its waits up instead: 10,000 changes would take 42 minutes. {@code N10.check} shows for 50 changes that
 * adding up equals waiting.
 */
final class FarBucket implements Benchmark {
    private static final int ROUNDS = 5;

    private Path folder;
    private int files;

    @Override
    public List<Figure> run(Path place) throws Exception {
        folder = place;
        List<Figure> figures = new ArrayList<>();
        figures.add(pushed("N10", 50));
        figures.add(pushed("N10.500", 500));
        figures.add(pushed("N10.10000", 10_000));
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            seconds.add(10_000 / segments(10_000));
        }
        figures.add(Figure.of("N10.seconds", "push of 10,000 changes, in all", "s", seconds));
        figures.add(Figure.of(
                        "N10.check",
                        "one object per change, 50 of them, waiting in earnest",
                        "changes/s",
                        List.of(objects(50, true)))
                .against(objects(50, false)));
        return figures;
    }

    private Figure pushed(String id, int changes) throws Exception {
        Rounds rounds = Rounds.alternating(ROUNDS, () -> segments(changes), () -> objects(changes, false));
        return Figure.of(id, "push of " + changes + " changes to a far bucket", "changes/s", rounds.measured())
                .against(rounds.baseline());
    }

    private Database device(int number) throws IOException {
        return TodoTable.open(folder.resolve("n10-" + number + ".db"), Durability.GROUP);
    }

    /** A whole sync of a device that has synced before. */
    private double segments(int changes) throws Exception {
        RemoteStorage near = new MemoryStorage();
        try (Database database = device(files++)) {
            TodoTable.insert(database, Todo.some(1, 0), 1);
            RemoteLibrary.open(database, near).sync();
            RemoteLibrary library =
                    RemoteLibrary.open(database, new ThrottledStorage(near, ThrottledStorage.Delays.FAR_BUCKET));
            TodoTable.insert(database, Todo.some(changes, files), 1_000);
            long start = System.nanoTime();
            SyncReport report = library.sync();
            double rate = Rounds.perSecond(changes, start);
            if (report.pushed() != changes) {
                throw new IllegalStateException("Pushed " + report.pushed());
            }
            return rate;
        }
    }

    /** One object per change, through the interface that segments have, too. */
    private double objects(int changes, boolean inEarnest) throws Exception {
        AtomicLong waited = new AtomicLong();
        MemoryStorage near = new MemoryStorage();
        RemoteStorage far = inEarnest
                ? new ThrottledStorage(near, ThrottledStorage.Delays.FAR_BUCKET)
                : new ThrottledStorage(
                        near, ThrottledStorage.Delays.FAR_BUCKET, time -> waited.addAndGet(time.toNanos()));
        UUID library = UUID.randomUUID();
        try (Database database = device(files++)) {
            TodoTable.insert(database, Todo.some(1, 0), 1);
            SyncEngine.sync(database.changelog(), BasicStorageChangelog.of(near, library));
            TodoTable.insert(database, Todo.some(changes, files), 1_000);
            long start = System.nanoTime();
            SyncReport report = SyncEngine.sync(database.changelog(), BasicStorageChangelog.of(far, library));
            if (report.pushed() != changes) {
                throw new IllegalStateException("Pushed " + report.pushed());
            }
            return Rounds.perSecond(changes, start - waited.get());
        }
    }
}
