package dev.tidemark.engine.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r12: a change between values that a collation treats as equal is still tracked. */
class CollationCaptureTest {
    private static final Schema SHOPPING =
            Schema.builder().migration("shopping", """
                CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, name TEXT COLLATE NOCASE, any, amount REAL,
                  shout TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL);
                CREATE UNIQUE INDEX item_name ON item(name)\
                """).synced("item").build();

    @TempDir
    Path folder;

    @Test
    void changesThatTheCollationHidesAreTrackedAndSync() {
        try (Replicas replicas = new Replicas(folder, SHOPPING)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            UUID id = Replicas.id();
            Replicas.run(one, "INSERT INTO item(id, name, any, amount) VALUES (?, 'milk', 1, 2.5)", id);
            Replicas.run(one, "UPDATE item SET name = 'MILK'");
            Replicas.run(one, "UPDATE item SET any = 1.0");
            Replicas.run(one, "UPDATE item SET any = ?", -0.0);
            Replicas.run(one, "UPDATE item SET any = ?", 0.0);
            Replicas.run(one, "UPDATE item SET any = '0.0'");
            Replicas.run(one, "UPDATE item SET amount = '2.5'");
            assertThat(Replicas.changes(one).stream().skip(1).map(change -> change.values()))
                    .containsExactly(
                            Map.of("name", "MILK"),
                            Map.of("any", 1.0),
                            Map.of("any", -0.0),
                            Map.of("any", 0.0),
                            Map.of("any", "0.0"));
            Replicas.sync(one, two);
            assertThat(two.dump()).isEqualTo(one.dump());
            assertThat(Replicas.value(two, "SELECT shout FROM item")).isEqualTo("MILK");
        }
    }

    @Test
    void equalValuesUnderTheCollationConflict() {
        try (Replicas replicas = new Replicas(folder, SHOPPING)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            Replicas.run(one, "INSERT INTO item(id, name) VALUES (?, 'milk')", Replicas.id());
            Replicas.run(two, "INSERT INTO item(id, name) VALUES (?, 'MILK')", Replicas.id());
            Replicas.sync(one, two);
            assertThat(one.hiddenRows()).hasSize(1).isEqualTo(two.hiddenRows());
            assertThat(one.dump()).isEqualTo(two.dump());
        }
    }
}
