package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices are killed while they write, download or merge a snapshot; the next start continues. */
@Proof
class KilledSnapshotIT {
    /** Parts of a snapshot are 7 MiB, so it has three. */
    private static final int ROWS = 8_000;

    private static final int TEXT = 2_000;

    @TempDir
    Path folder;

    /**
     * The device: publishes everything with a snapshot, or takes one; says each part, and stops for good at one of
     * them.
     */
    public static void main(String[] arguments) {
        int stopsAt = Integer.parseInt(arguments[3]);
        try (Database database = Database.open(Path.of(arguments[1]), KilledDevice.SCHEMA);
                RemoteStorage shared = FolderStorage.open(Path.of(arguments[2]))) {
            RemoteLibrary library = RemoteLibrary.open(database, new Telling(shared, stopsAt));
            if (arguments[0].equals("make")) {
                library.startNewEpoch(SyncOptions.DEFAULT);
            } else {
                System.out.println("begin");
                library.sync();
            }
            System.out.println("end");
        }
    }

    /** Says which parts of snapshots went through it. */
    private static final class Telling extends OverridableStorage {
        private final int stopsAt;
        private final AtomicInteger parts = new AtomicInteger();

        Telling(RemoteStorage storage, int stopsAt) {
            super(storage);
            this.stopsAt = stopsAt;
        }

        @Override
        public byte[] get(String name) {
            byte[] content = super.get(name);
            passed(name);
            return content;
        }

        @Override
        public void put(String name, byte[] content) {
            super.put(name, content);
            passed(name);
        }

        private void passed(String name) {
            if (!name.startsWith("v1/base/")) {
                return;
            }
            int part = parts.incrementAndGet();
            System.out.println("part " + part);
            if (part == stopsAt) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void killedWhileMakingASnapshotTheNextOneIsWholeAndLeavesNothingOfTheFirst() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path file = folder.resolve("maker.db");
        fill(file, shared);
        for (int part : new int[] {1, 4}) {
            killAfter("part " + part, 0, "make", file, shared, part);
            assertThat(files(shared, "base")).isPositive();
            assertThat(files(shared, "snapshots")).isZero();
            assertThat(leftBeside(file)).isZero();
        }
        try (Database maker = Database.open(file, KilledDevice.SCHEMA);
                Database other = Database.open(folder.resolve("other.db"), KilledDevice.SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            assertThat(RemoteLibrary.open(maker, storage)
                            .startNewEpoch(SyncOptions.DEFAULT)
                            .isComplete())
                    .isTrue();
            assertThat(files(shared, "snapshots")).isEqualTo(1);
            assertThat(files(shared, "base")).as("only what the manifest names").isEqualTo(3);
            assertThat(RemoteLibrary.open(other, storage).sync().isComplete()).isTrue();
            assertThat(other.dump()).isEqualTo(maker.dump());
        }
    }

    @Test
    void killedWhileFetchingOrMergingASnapshotTheNextStartGoesOn() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path made = folder.resolve("maker.db");
        Path file = folder.resolve("killed.db");
        fill(made, shared);
        try (Database maker = Database.open(made, KilledDevice.SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            RemoteLibrary.open(maker, storage).startNewEpoch(SyncOptions.DEFAULT);
            // Others need the snapshot then.
            storage.list(SegmentName.FOLDER, null).forEach(segment -> storage.delete(segment.name()));
            // The third is fetched before the second is stored, so it stops with one or two of them.
            killAfter("part 3", 0, "take", file, shared, 3);
            assertThat(storedParts(file)).isBetween(0, 2);
            int merging = 0;
            // Each time twice as late, so that one of them hits the merge, however fast the machine is.
            for (int kill = 0; kill < 6; kill++) {
                boolean ended = !killAfter("begin", 150 << kill, "take", file, shared, 0);
                merging += !ended && storedParts(file) == 3 ? 1 : 0;
            }
            System.out.println(merging + " of 6 kills hit a merge");
            try (Database killed = Database.open(file, KilledDevice.SCHEMA)) {
                assertThat(RemoteLibrary.open(killed, storage).sync().isComplete())
                        .isTrue();
                assertThat(killed.dump()).isEqualTo(maker.dump());
            }
            assertThat(storedParts(file)).isZero();
            assertThat(leftBeside(file)).isZero();
        }
    }

    /** A library that is published, so that publishing it again begins with a snapshot. */
    private static void fill(Path file, Path shared) {
        Random random = new Random(8);
        try (Database database = Database.open(file, KilledDevice.SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            database.write(tx -> {
                for (int row = 0; row < ROWS; row++) {
                    byte[] bytes = new byte[TEXT];
                    random.nextBytes(bytes);
                    tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), bytes);
                }
                return null;
            });
            RemoteLibrary.open(database, storage).sync();
        }
    }

    /** Starts the device, waits for what it says, a little longer, and kills it; false if it had come to its end. */
    private static boolean killAfter(String said, int millis, String work, Path file, Path shared, int stopsAt)
            throws Exception {
        Process process = ChildProcess.of(KilledSnapshotIT.class, List.of(), work, file, shared, stopsAt)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith(said) && !line.equals("end")) {
                line = lines.readLine();
            }
            boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return !ended && line != null && !line.equals("end");
        }
    }

    private static long files(Path shared, String kind) throws IOException {
        Path place = shared.resolve("v1").resolve(kind);
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> found = Files.walk(place)) {
            // Beside those there may be what the folder's own put had not finished.
            return found.filter(each -> each.toString().matches(".*\\.(rows|json)"))
                    .count();
        }
    }

    /** Temporary files of snapshots. */
    private static long leftBeside(Path file) throws IOException {
        try (Stream<Path> found = Files.list(file.getParent())) {
            return found.filter(each -> each.getFileName().toString().endsWith(".tmp"))
                    .count();
        }
    }

    private static int storedParts(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM tm_snapshot_part")) {
            return row.getInt(1);
        }
    }
}
