package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAL is copied into the database in the background, and its size stays bounded. */
class WalCheckpointerTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long ROUND = 40_000;

    @TempDir
    Path folder;

    private SqliteDatabase open() {
        return SqliteDatabase.open(
                folder.resolve("a.db"), Replicas.TASKS, DatabaseOptions.DEFAULT.with(Durability.NONE));
    }

    private long size(String name) {
        try {
            return Files.size(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(SqliteDatabase database, int notes) {
        database.write(tx -> {
            for (int count = 0; count < notes; count++) {
                tx.execute("INSERT INTO note VALUES (?, ?)", Replicas.id(), "x".repeat(4000));
            }
            return null;
        });
    }

    @Test
    void whatWasCommittedIsInTheDatabaseFileSoonAfterwards() {
        try (SqliteDatabase database = open()) {
            write(database, 2000);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (size("a.db") < 8 * MEGABYTE && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(size("a.db")).as("while the database is open").isGreaterThanOrEqualTo(8 * MEGABYTE);
        }
    }

    @Proof
    @Test
    void theLogStaysShortWhileAWriterNeverPauses() {
        try (SqliteDatabase database = open()) {
            // A busy machine may not get to it for a while, but a log that starts over falls behind what is written.
            int rounds = 0;
            do {
                write(database, 10);
                rounds++;
            } while (rounds < 1500 || (size("a.db-wal") > rounds * ROUND / 2 && rounds < 6000));
            assertThat(size("a.db-wal"))
                    .as("of %s rounds with 40 kB each", rounds)
                    .isLessThan(rounds * ROUND / 2);
        }
    }
}
