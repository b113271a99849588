package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk: a tmpfs of two megabytes. Needs Linux and root, as in CI. */
class FullDiskTest {
    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        boolean root = System.getProperty("os.name").equals("Linux") && "root".equals(System.getProperty("user.name"));
        Assumptions.assumeTrue(root && run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void aTransactionThatDoesNotFitLeavesNothingAndSaysThatTheDiskIsFull() throws Exception {
        try (Replicas replicas = new Replicas(disk, Replicas.TASKS)) {
            SqliteDatabase database = replicas.open("d");
            database.write(tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "kept"));
            String before = StateDump.of(database);

            assertThatThrownBy(() -> database.write(tx -> {
                        for (int count = 0; count < 1000; count++) {
                            tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "x".repeat(10_000));
                        }
                        return null;
                    }))
                    .isInstanceOf(TransactionException.class)
                    .hasMessage("Nothing was saved. The disk is full.");

            assertThat(StateDump.of(database)).isEqualTo(before);
            database.write(tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "goes on"));
            assertThat(bodies(database)).containsExactly("goes on", "kept");
        }
    }

    @Test
    void savingFailsWhileTheDiskIsFullAndWorksOnceThereIsRoom() throws Exception {
        try (Replicas replicas = new Replicas(disk, Replicas.TASKS)) {
            SqliteDatabase database = replicas.open("d");
            Path filler = disk.resolve("filler");
            fill(filler);

            assertThatThrownBy(() -> database.write(
                            tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "x".repeat(500_000))))
                    .isInstanceOf(TransactionException.class)
                    .hasMessageContaining("disk is full");
            Files.delete(filler);
            database.write(tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "room"));

            assertThat(bodies(database)).containsExactly("room");
            assertThat(database.changelog().vector().get(database.replica())).isEqualTo(1);
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static List<String> bodies(SqliteDatabase database) {
        return database.list(Query.of("SELECT body FROM note ORDER BY body").map(row -> row.text("body")));
    }
}
