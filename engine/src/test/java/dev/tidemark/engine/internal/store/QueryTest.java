package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.problem.QueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters and results of queries by an application. */
class QueryTest {
    private static final Schema NUMBERS = Schema.builder()
            .migration("numbers", "CREATE TABLE number(value INTEGER PRIMARY KEY, word TEXT)")
            .build();
    private static final Query<String> WORDS =
            Query.of("SELECT word FROM number ORDER BY value").map(row -> row.text("word"));

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, NUMBERS);
        database = replicas.open("a");
        database.write(tx -> {
            tx.execute("INSERT INTO number VALUES (:value, :word)", Map.of("value", 1, "word", "one"));
            tx.execute("INSERT INTO number VALUES (2, 'two'), (3, 'three')");
        });
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void namedParametersAndListsReachEveryKindOfStatement() throws InterruptedException {
        Query<String> some = Query.of("SELECT word FROM number WHERE value IN (:values) ORDER BY value")
                .bind("values", List.of(1, 3))
                .map(row -> row.text("word"));
        assertThat(database.list(some)).containsExactly("one", "three");
        BlockingQueue<List<String>> results = new LinkedBlockingQueue<>();
        try (var live = database.subscribe(some, Runnable::run, result -> results.add(result.rows()))) {
            assertThat(results.poll(30, TimeUnit.SECONDS)).containsExactly("one", "three");
            Map<String, Object> erased = new HashMap<>();
            erased.put("word", null);
            erased.put("values", List.of(1, 2));
            int changed =
                    database.write(tx -> tx.execute("UPDATE number SET word = :word WHERE value IN (:values)", erased));
            assertThat(changed).isEqualTo(2);
            assertThat(results.poll(30, TimeUnit.SECONDS)).containsExactly(null, "three");
        }
        assertThat(database.list(Query.of("SELECT 1 FROM number WHERE value IN (?)", List.of())))
                .isEmpty();
    }

    @Test
    void aForgottenParameterIsNamed() {
        Query<?> incomplete = Query.of("SELECT :a, :b").bind("a", 1);
        assertThatThrownBy(() -> database.list(incomplete))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(":b");
        assertThatThrownBy(() -> database.write(tx -> tx.execute("DELETE FROM number WHERE value = :v", Map.of())))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void oneAndOptionalRefuseMoreRowsThanExpected() {
        Query<Long> from = Query.of("SELECT value FROM number WHERE value >= 3").map(row -> row.integer("value"));
        Query<Long> none = Query.of("SELECT value FROM number WHERE value > 3").map(row -> row.integer("value"));
        assertThat(database.one(from)).isEqualTo(3);
        assertThat(database.optional(from)).contains(3L);
        assertThat(database.optional(none)).isEmpty();
        assertThatThrownBy(() -> database.one(none)).hasMessageContaining("value > 3");
        assertThatThrownBy(() -> database.one(WORDS)).hasMessageContaining("FROM number");
        assertThatThrownBy(() -> database.optional(WORDS)).isInstanceOf(QueryException.class);
    }

    record Page(UUID id, BigDecimal price, Duration length, Locale language, byte[] parent) {}

    @Test
    void idsMatchTextColumnsWhereAllIdsAreText() {
        Schema pages = Schema.builder()
                .migration(
                        "pages",
                        "CREATE TABLE page(id TEXT PRIMARY KEY NOT NULL, price TEXT, length TEXT, language TEXT,"
                                + " parent BLOB)")
                .synced("page")
                .build();
        try (Replicas others = new Replicas(folder.resolve("text"), pages)) {
            Files.createDirectories(folder.resolve("text"));
            SqliteDatabase text = others.open("b");
            UUID id = text.write(tx -> tx.save(
                    "page",
                    new Page(null, new BigDecimal("9.90"), Duration.ofMinutes(3), Locale.FRENCH, new byte[] {1})));
            int changed = text.write(tx -> tx.execute("UPDATE page SET parent = NULL WHERE id IN (?)", List.of(id)));
            assertThat(changed).isEqualTo(1);
            Query<Row> page = Query.of("SELECT * FROM page WHERE id = :id").bind("id", id);
            assertThat(text.one(page.as(Page.class)))
                    .isEqualTo(new Page(id, new BigDecimal("9.90"), Duration.ofMinutes(3), Locale.FRENCH, null));
            assertThat(text.one(page).get("price", BigDecimal.class)).isEqualByComparingTo("9.90");
            assertThat(text.one(page).get("language", Locale.class)).isEqualTo(Locale.FRENCH);
            assertThat(text.one(page).get("parent", byte[].class)).isNull();
            assertThatThrownBy(() -> text.one(page).get("id", Duration.class))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("Duration");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStreamReadsRowsOnlyAsTheyAreAskedFor() {
        Query<Long> endless = Query.of(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
                .map(row -> row.integer("i"));
        assertThat(database.<Long, List<Long>>stream(
                        endless, rows -> rows.limit(3).toList()))
                .containsExactly(1L, 2L, 3L);
        assertThat(database.list(WORDS)).hasSize(3);
    }

    @Test
    void aStreamInATransactionSeesItsWritesAndMayRunTheSameQueryInside() {
        List<String> seen = new ArrayList<>();
        database.write(tx -> {
            tx.execute("DELETE FROM number WHERE value = 2");
            tx.stream(WORDS, rows -> {
                rows.forEach(word -> seen.add(word + tx.list(WORDS).size()));
                return seen;
            });
        });
        assertThat(seen).containsExactly("one2", "three2");
    }

    @Test
    void aStreamOfAFailingQuerySaysWhy() {
        assertThatThrownBy(() -> database.stream(Query.of("SELECT nothing FROM number"), rows -> rows.count()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("nothing");
    }
}
