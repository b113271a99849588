package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Runs a device in a separate process until it is killed, and prints each step before and after it. */
final class KilledDevice {
    static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();

    /** What the device does without end. */
    enum Work {
        /** Saves, one row after the other. */
        SAVE,
        /** Saves some rows and syncs. */
        PUSH,
        /** Syncs in small batches; there is a lot to take. */
        PULL,
        /** Saves a row and syncs, each time half an hour later: merges and removes segments all the while. */
        KEEP_HOUSE
    }

    /**
     * What a device had said when it died.
     *
     * @param acknowledged the rows whose saving was confirmed
     * @param wasBusy whether a save or a sync had begun and not ended
     */
    record LastWords(List<UUID> acknowledged, boolean wasBusy) {}

    private KilledDevice() {}

    public static void main(String[] arguments) {
        Work work = Work.valueOf(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Database database = Database.open(Path.of(arguments[1]), SCHEMA);
                RemoteStorage storage = FolderStorage.open(Path.of(arguments[2]))) {
            out.println("ready");
            RemoteLibrary library = RemoteLibrary.open(database, storage, "", () -> now(database, work));
            SyncOptions options = SyncOptions.DEFAULT.with(new Batch.Limit(work == Work.PULL ? 50 : 10_000, 1 << 20));
            while (true) {
                switch (work) {
                    case SAVE -> save(database, out, 1);
                    case PUSH -> {
                        save(database, out, 20);
                        sync(library, options, out);
                    }
                    case PULL -> sync(library, options, out);
                    case KEEP_HOUSE -> {
                        save(database, out, 1);
                        sync(library, options, out);
                    }
                }
            }
        }
    }

    static Instant now(Database database, Work work) {
        long saved = database.changelog().vector().get(database.replica());
        Duration passed = work == Work.KEEP_HOUSE ? Duration.ofMinutes(30).multipliedBy(saved) : Duration.ZERO;
        return Instant.now().plus(passed);
    }

    private static void save(Database database, PrintStream out, int count) {
        List<UUID> ids = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ids.add(Ids.next());
        }
        out.println("begin");
        database.write(tx -> {
            ids.forEach(id -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", id, "x".repeat(200)));
            return null;
        });
        ids.forEach(id -> out.println("saved " + id));
        out.println("end");
    }

    private static void sync(RemoteLibrary library, SyncOptions options, PrintStream out) {
        out.println("begin");
        library.sync(options);
        out.println("end");
    }

    /**
     * Starts a device, lets it work for a random time, kills it as {@code kill -9} does, and reads what it printed.
     */
    static LastWords killDuring(Work work, Path database, Path folder, Random random) throws Exception {
        Process process = ChildProcess.of(KilledDevice.class, List.of(), work, database, folder)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            if (!"ready".equals(lines.readLine())) {
                throw new IOException("The device did not start");
            }
            List<String> said = new ArrayList<>();
            Thread listener = Thread.ofVirtual().start(() -> lines.lines().forEach(said::add));
            boolean died = process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
            // By its handle: Process.destroyForcibly closes the streams, and what was not heard yet would be lost.
            process.toHandle().destroyForcibly();
            process.waitFor();
            listener.join();
            if (died) {
                throw new IOException("The device ended by itself: " + said);
            }
            return wordsOf(said);
        }
    }

    private static LastWords wordsOf(List<String> said) {
        List<UUID> acknowledged = said.stream()
                .filter(line -> line.matches("saved [0-9a-f-]{36}"))
                .map(line -> UUID.fromString(line.substring(6)))
                .toList();
        boolean busy = said.lastIndexOf("begin") > said.lastIndexOf("end");
        return new LastWords(acknowledged, busy);
    }
}
