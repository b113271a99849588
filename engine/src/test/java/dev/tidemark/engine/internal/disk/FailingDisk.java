package dev.tidemark.engine.internal.disk;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process whose disk fails one fsync while no commit is waiting for it. */
final class FailingDisk {
    private static final long PATIENCE_SECONDS = 30;

    private FailingDisk() {}

    static ProcessBuilder process(Path folder, String what) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-Dmsgpack.universal-buffer=true",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FailingDisk.class.getName(),
                        folder.toString(),
                        what)
                .redirectErrorStream(true);
    }

    public static void main(String[] arguments) throws InterruptedException {
        boolean reads = arguments[1].equals("NONE");
        DatabaseOptions options = DatabaseOptions.DEFAULT.with(Committer.durability(arguments[1]));
        try (Database database =
                Database.open(Path.of(arguments[0]).resolve(Committer.DATABASE), Committer.SCHEMA, options)) {
            System.out.println(reads ? read(database) : listen(database));
        }
    }

    private static void insert(Database database) {
        database.write(tx -> tx.execute("INSERT INTO entry(id) VALUES (?)", UUID.randomUUID()));
    }

    /** Reads the changelog until the fsync before it fails, and then once more. */
    private static String read(Database database) {
        for (int number = 0; number < 100; number++) {
            VersionVector before = database.changelog().vector();
            insert(database);
            if (isRefused(database, before)) {
                return isRefused(database, before) ? "refused again" : "handed out";
            }
        }
        return "nothing failed";
    }

    private static boolean isRefused(Database database, VersionVector after) {
        try (Batch.Reader reader = database.changelog().read(after, Batch.Limit.DEFAULT)) {
            reader.next();
            return false;
        } catch (Durability.UnknownException e) {
            return true;
        }
    }

    /** Writes only when the fsync of what was written before is done, so that nobody meets the failure in a write. */
    private static String listen(Database database) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        database.onEvent(Runnable::run, event -> {
            if (event instanceof DatabaseEvent.DurabilityUnknown) {
                told.countDown();
            }
        });
        for (int number = 0; number < 100; number++) {
            long fsyncs = database.writerMetrics().fsyncs();
            insert(database);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (database.writerMetrics().fsyncs() == fsyncs && told.getCount() > 0) {
                if (System.nanoTime() > deadline) {
                    return "silent";
                }
                LockSupport.parkNanos(1_000_000);
            }
            if (told.getCount() == 0) {
                return "told";
            }
        }
        return "nothing failed";
    }
}
