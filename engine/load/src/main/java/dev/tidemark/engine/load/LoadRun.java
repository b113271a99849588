package dev.tidemark.engine.load;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One load test on databases created for it. Each worker begins an operation only after the previous one has ended, so
 * latencies do not include time in a queue.
 *
 * <p>Any thread may call {@link #stop}. The other methods are not thread-safe.
 */
public final class LoadRun implements AutoCloseable {
    private final LoadProfile profile;
    private final List<Database> databases = new ArrayList<>();
    private final List<List<LoadWorker>> workers = new ArrayList<>();
    private volatile boolean stopped;

    private LoadRun(LoadProfile profile) {
        this.profile = profile;
    }

    /**
     * Creates the databases {@code load-1.db}, {@code load-2.db} and so on, with the documents that exist when the test
     * begins.
     *
     * @param folder the folder of the databases. It must not contain files of these names
     * @throws IllegalArgumentException if the folder contains a file of these names
     * @throws dev.tidemark.engine.problem.TidemarkException if the databases cannot be created
     */
    public static LoadRun prepare(LoadProfile profile, Path folder) {
        LoadRun run = new LoadRun(profile);
        try {
            for (int number = 1; number <= profile.databases().size(); number++) {
                Path file = file(folder, number);
                if (Files.exists(file)) {
                    throw new IllegalArgumentException("There is a database from an earlier test: " + file);
                }
                run.open(file, number);
            }
            return run;
        } catch (RuntimeException | Error e) {
            run.close();
            throw e;
        }
    }

    /** Returns the path of the database with this number, which counts from 1. */
    public static Path file(Path folder, int number) {
        return folder.resolve("load-" + number + ".db");
    }

    private void open(Path file, int number) {
        Database database =
                Database.open(file, LoadDocument.SCHEMA, DatabaseOptions.DEFAULT.with(profile.durability()));
        databases.add(database);
        List<LoadWorker> own = new ArrayList<>();
        for (int index = 1; index <= profile.workers(); index++) {
            LoadWorker worker = new LoadWorker(database, profile, number, index);
            worker.prepare();
            own.add(worker);
        }
        workers.add(own);
    }

    /**
     * Runs the test to its end, or until it is stopped. Call it only once.
     *
     * @return the results, even if the test was stopped
     * @throws InterruptedException if the calling thread is interrupted; the test has been stopped
     */
    public LoadReport run() throws InterruptedException {
        Instant started = Instant.now();
        List<List<Future<List<LoadRecorder>>>> running = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        long[] start = new long[1];
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("tidemark-load-", 1).factory())) {
            for (int database = 0; database < workers.size(); database++) {
                List<LoadPhase> phases = profile.databases().get(database);
                running.add(workers.get(database).stream()
                        .map(worker -> threads.submit(() -> {
                            go.await();
                            return worker.run(phases, start[0], () -> stopped);
                        }))
                        .toList());
            }
            start[0] = System.nanoTime();
            go.countDown();
            List<LoadReport.OfDatabase> results = new ArrayList<>();
            try {
                for (int database = 0; database < running.size(); database++) {
                    results.add(result(database, running.get(database)));
                }
            } catch (InterruptedException e) {
                stop();
                throw e;
            }
            return new LoadReport(profile, started, System.nanoTime() - start[0], stopped, results);
        }
    }

    private LoadReport.OfDatabase result(int number, List<Future<List<LoadRecorder>>> running)
            throws InterruptedException {
        List<List<LoadRecorder>> recorders = new ArrayList<>();
        for (Future<List<LoadRecorder>> one : running) {
            try {
                recorders.add(one.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("A worker of the load test failed", e.getCause());
            }
        }
        Long rows = databases
                .get(number)
                .list(Query.of("SELECT count(*) FROM document").map(row -> (Long) Objects.requireNonNull(row.value(0))))
                .getFirst();
        return new LoadReport.OfDatabase(recorders, rows);
    }

    /**
     * Ends the test early. Each worker finishes its current operation, and the report covers all operations until then.
     */
    public void stop() {
        stopped = true;
    }

    /** Closes the databases. Their files stay. */
    @Override
    public void close() {
        databases.forEach(Database::close);
    }
}
