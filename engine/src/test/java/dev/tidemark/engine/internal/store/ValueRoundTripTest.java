package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 6: values keep type and bits through save, sync and back. */
class ValueRoundTripTest {
    private static final Schema ANY =
            Schema.builder().migration("any", """
                CREATE TABLE thing(id BLOB PRIMARY KEY NOT NULL, any, words TEXT, number REAL, bytes BLOB);
                CREATE TABLE bare(id BLOB PRIMARY KEY NOT NULL)\
                """).synced("thing", "bare").build();

    @TempDir
    Path folder;

    private static List<Object> values() {
        byte[] all = new byte[256];
        for (int index = 0; index < all.length; index++) {
            all[index] = (byte) index;
        }
        return List.of(
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0L,
                -1L,
                (long) Integer.MAX_VALUE + 1,
                1.0,
                -0.0,
                0.1,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                9.007199254740992E15,
                "",
                " ",
                "NUL \u0000 inside \u0000",
                "\uD83D\uDE00 emoji and \uD834\uDD1E",
                "e\u0301 \u00e9 \u202e right to left \uFEFF",
                "'quoted' \"twice\" \\ \n\r\t",
                new byte[0],
                all,
                new byte[100_000]);
    }

    @Test
    void valuesSurviveSaveSyncAndBack() {
        List<Object> values = values();
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            List<UUID> ids = values.stream().map(value -> Replicas.id()).toList();
            for (int row = 0; row < values.size(); row++) {
                Replicas.run(one, "INSERT INTO thing(id, any) VALUES (?, ?)", ids.get(row), values.get(row));
            }
            Replicas.sync(one, two);
            Replicas.run(two, "UPDATE thing SET words = 'x'");
            Replicas.sync(one, two);
            Replicas.run(two, "DELETE FROM thing");
            Replicas.run(one, "UPDATE thing SET words = 'y'");
            Replicas.sync(one, two);
            one = replicas.reopen(one);
            for (SqliteDatabase database : List.of(one, two)) {
                for (int row = 0; row < values.size(); row++) {
                    assertThat(Replicas.value(
                                    database, "SELECT any FROM thing WHERE words = 'y' AND id = ?", ids.get(row)))
                            .isEqualTo(values.get(row));
                }
            }
            assertThat(one.dump()).isEqualTo(two.dump());
            for (int row = 0; row < values.size(); row++) {
                Replicas.run(one, "UPDATE thing SET any = ? WHERE id = ?", values.get(row), ids.get(row));
            }
            assertThat(Replicas.changes(one)).as("the same values again").hasSize(4 * values.size());
        }
    }

    @Test
    void dumpHasNoRawControlCharactersAndTellsTextsApart() {
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            Replicas.run(one, "INSERT INTO thing(id, words) VALUES (?, ?)", Replicas.id(), "a\n\u0000\u001b[31m\u0085");
            Replicas.run(one, "INSERT INTO thing(id, words) VALUES (?, ?)", Replicas.id(), "a\\u000a");
            assertThat(one.dump().replace("\n", ""))
                    .matches("\\P{Cntrl}*")
                    .contains("a\\u000a\\u0000\\u001b[31m\\u0085");
            assertThat(one.dump()).contains("'a\\\\u000a'");
        }
    }

    @Test
    void minusZeroIsStoredAsSqliteDoes() {
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            Replicas.run(one, "INSERT INTO thing(id, any, number) VALUES (?, ?, ?)", Replicas.id(), -0.0, -0.0);
            Replicas.sync(one, two);
            for (String column : List.of("any", "number")) {
                assertThat(Replicas.value(two, "SELECT " + column + " FROM thing"))
                        .isEqualTo(Replicas.value(one, "SELECT " + column + " FROM thing"));
            }
        }
    }

    @Test
    void notANumberIsRefusedWithSentence() {
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            assertThatThrownBy(() ->
                            Replicas.run(one, "INSERT INTO thing(id, number) VALUES (?, ?)", Replicas.id(), Double.NaN))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("NaN");
            assertThat(Replicas.changes(one)).isEmpty();
        }
    }

    @Test
    void rowWithOnlyAnIdSyncs() {
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            UUID id = Replicas.id();
            Replicas.run(one, "INSERT INTO bare VALUES (?)", id);
            Replicas.sync(one, two);
            assertThat(Replicas.column(two, "SELECT id FROM bare")).hasSize(1);
            Replicas.run(two, "DELETE FROM bare");
            Replicas.sync(one, two);
            assertThat(Replicas.column(one, "SELECT id FROM bare")).isEmpty();
            Replicas.run(one, "INSERT INTO bare VALUES (?)", id);
            Replicas.sync(one, two);
            assertThat(Replicas.column(two, "SELECT id FROM bare")).hasSize(1);
            assertThat(one.dump()).isEqualTo(two.dump());
        }
    }

    @Proof
    @Test
    void largeBlobTravelsAlone() {
        try (Replicas replicas = new Replicas(folder, ANY)) {
            SqliteDatabase one = replicas.open("a");
            SqliteDatabase two = replicas.open("b");
            byte[] large = new byte[3 << 20];
            new java.util.Random(7).nextBytes(large);
            one.write(tx -> {
                for (int count = 0; count < 3; count++) {
                    tx.execute("INSERT INTO thing(id, bytes) VALUES (?, ?)", Replicas.id(), large);
                    tx.execute("INSERT INTO thing(id, words) VALUES (?, 'small')", Replicas.id());
                }
                return null;
            });
            Replicas.pull(one, two, new Batch.Limit(100, 1 << 20));
            assertThat(one.dump()).isEqualTo(two.dump());
            assertThat(Replicas.value(two, "SELECT DISTINCT bytes FROM thing WHERE bytes NOT NULL"))
                    .isEqualTo(large);
        }
    }
}
