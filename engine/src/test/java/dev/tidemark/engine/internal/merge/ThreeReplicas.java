package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Three databases with the same task. After each test they sync and must be equal. */
abstract class ThreeReplicas {
    @TempDir
    Path folder;

    final UUID id = Replicas.id();
    Replicas replicas;
    SqliteDatabase a;
    SqliteDatabase b;
    SqliteDatabase c;

    @BeforeEach
    final void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        b = replicas.open("b");
        c = replicas.open("c");
        Replicas.run(a, "INSERT INTO task(id, title, code) VALUES (?, 'milk', 'm')", id);
        Replicas.syncAll(a, b, c);
    }

    @AfterEach
    final void close() {
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(b, c)) {
            assertThat(StateDump.of(database)).isEqualTo(StateDump.of(a));
            assertThat(database.dump()).isEqualTo(a.dump());
            assertThat(database.conflicts()).isEqualTo(a.conflicts());
        }
        replicas.close();
    }
}
