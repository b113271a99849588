package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 40: the memory of a sync depends on its batches, not on the amount of data. */
@Proof
class BoundedMemoryIT {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE photo(id BLOB PRIMARY KEY NOT NULL, content BLOB)")
            .synced("photo")
            .build();

    private static final int PHOTOS = 264;
    private static final int BYTES = 1 << 20;

    /** Less than half of what is synced. */
    private static final String HEAP = "-Xmx128m";

    @TempDir
    Path folder;

    private static Database open(Path file) {
        return Database.open(file, SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
    }

    /** A device with little memory: takes everything from one folder and puts everything into another. */
    public static void main(String[] arguments) {
        try (Database device = open(Path.of(arguments[0]));
                RemoteStorage source = FolderStorage.open(Path.of(arguments[1]));
                RemoteStorage target = FolderStorage.open(Path.of(arguments[2]))) {
            SyncReport pulled = RemoteLibrary.open(device, source).sync();
            SyncReport pushed = RemoteLibrary.open(device, target).sync();
            System.out.println("pulled " + pulled.pulled() + ", pushed " + pushed.pushed());
        }
    }

    @Test
    void deviceTakesAndPassesOnTwiceAsMuchAsItsMemoryHolds() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Path target = Files.createDirectory(folder.resolve("target"));
        Random random = new Random(7);
        try (Database writer = open(folder.resolve("writer.db"));
                RemoteStorage storage = FolderStorage.open(source)) {
            byte[] content = new byte[BYTES];
            for (int photo = 0; photo < PHOTOS; photo++) {
                random.nextBytes(content);
                writer.write(tx -> tx.execute("INSERT INTO photo VALUES (?, ?)", Ids.next(), content));
            }
            assertThat(RemoteLibrary.open(writer, storage).sync().pushed()).isEqualTo(PHOTOS);
        }
        Path file = folder.resolve("small.db");
        Path output = folder.resolve("output.txt");
        Process device = ChildProcess.of(BoundedMemoryIT.class, List.of(HEAP), file, source, target)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(device.waitFor()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("pulled " + PHOTOS + ", pushed " + PHOTOS);
        try (Database database = open(file)) {
            assertThat(database.list(Query.of("SELECT sum(length(content)) AS bytes FROM photo")
                            .map(row -> row.integer("bytes"))))
                    .containsExactly((long) PHOTOS * BYTES);
        }
    }
}
