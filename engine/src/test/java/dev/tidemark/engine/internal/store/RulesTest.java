package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counterexamples to rules that fit no other test class. */
class RulesTest {
    @TempDir
    Path folder;

    /** R14: were the transaction shared, the {@code OR ROLLBACK} of one writer would undo what others wrote in it. */
    @Test
    void rollbackOfOneWriterLeavesTheWorkOfThoseThatWaitWithItForTheDisk() throws Exception {
        DatabaseOptions options = DatabaseOptions.DEFAULT.with(Durability.GROUP);
        Path file = folder.resolve("a.db");
        UUID taken = Replicas.id();
        int writers = 8;
        int rounds = 20;
        try (SqliteDatabase database = SqliteDatabase.open(file, Replicas.TASKS, options);
                ExecutorService threads = Executors.newFixedThreadPool(2 * writers)) {
            Replicas.run(database, "INSERT INTO task(id, code) VALUES (?, 'taken')", taken);
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                running.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        Replicas.run(database, "INSERT INTO note VALUES (?, 'kept')", Replicas.id());
                    }
                }));
                running.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        assertThatThrownBy(() -> database.write(tx -> {
                                    tx.execute("INSERT INTO note VALUES (?, 'undone')", Replicas.id());
                                    return tx.execute(
                                            "INSERT OR ROLLBACK INTO task(id, code) VALUES (?, 'taken')",
                                            Replicas.id());
                                }))
                                .isInstanceOf(TidemarkException.class);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        try (SqliteDatabase again = SqliteDatabase.open(file, Replicas.TASKS, options)) {
            assertThat(Replicas.column(again, "SELECT body FROM note"))
                    .hasSize(writers * rounds)
                    .containsOnly("kept");
            assertThat(Replicas.changes(again)).hasSize(writers * rounds + 1);
        }
    }
}
