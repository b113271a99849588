package dev.tidemark.engine.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadPoolTest {
    private static final Query<Long> COUNT =
            Query.of("SELECT count(*) AS n FROM item").map(row -> row.integer("n"));

    @TempDir
    Path folder;

    private PlainDatabase database;
    private ReadPool pool;

    @BeforeEach
    void open() throws SQLException {
        database = PlainDatabase.create(folder);
        database.run("CREATE TABLE item(id INTEGER PRIMARY KEY, title TEXT, content BLOB)");
        pool = database.pool(2);
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        database.close();
    }

    @Test
    void allQueriesOfOneReadSeeTheSameState() {
        List<Long> counts = pool.read(reader -> {
            long before = reader.list(COUNT).getFirst();
            addItem(1);
            return List.of(before, reader.list(COUNT).getFirst());
        });
        assertThat(counts).containsExactly(0L, 0L);
        assertThat(pool.<Long>read(reader -> reader.list(COUNT).getFirst())).isEqualTo(1L);
    }

    @Test
    void stateIsFixedBeforeTheFirstQuery() {
        long count = pool.read(reader -> {
            addItem(1);
            return reader.list(COUNT).getFirst();
        });
        assertThat(count).isZero();
    }

    @Test
    void readersDoNotWaitForAnOpenWriteTransaction() throws SQLException {
        try (Statement statement = database.writer().createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO item(title) VALUES ('unseen')");
            assertThat(pool.<Long>read(reader -> reader.list(COUNT).getFirst())).isZero();
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void writingIsRefused() {
        for (String sql : List.of("DELETE FROM item", "CREATE TABLE other(x)", "CREATE TEMP TABLE other(x)")) {
            assertThatThrownBy(() -> pool.inTransaction(reader -> {
                        try (Statement statement = reader.connection().createStatement()) {
                            return statement.execute(sql);
                        }
                    }))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void refusedQueriesAndWrongParametersSaySoAndHarmNothing() {
        assertThatThrownBy(() -> pool.read(reader -> reader.list(Query.of("SELECT nothing FROM item"))))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("nothing")
                .hasMessageContaining("SELECT nothing FROM item");
        assertThatThrownBy(() -> pool.read(reader -> reader.list(Query.of("SELECT ?"))))
                .hasMessageContaining("places for 1 parameters, but it was given 0");
        assertThatThrownBy(() -> pool.read(reader -> reader.list(Query.of("SELECT 1", 2))))
                .hasMessageContaining("places for 0 parameters, but it was given 1");
        assertThat(pool.<Long>read(reader -> reader.list(COUNT).getFirst())).isZero();
    }

    @Test
    void onlyQueriesAreRead() throws SQLException {
        addItem(1);
        SqlReader writing = new SqlReader(database.writer(), new StatementCache(database.writer()));
        for (String sql :
                List.of("COMMIT", "/* SELECT */ -- SELECT\n ROLLBACK", "PRAGMA query_only = 0", "BEGIN", "")) {
            assertThatThrownBy(() -> writing.list(Query.of(sql)))
                    .as(sql)
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("have rows to be read");
        }
        Query<Row> delete = Query.of("DELETE FROM item RETURNING id");
        assertThatThrownBy(() -> pool.read(reader -> reader.list(delete)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("readonly");
        assertThatThrownBy(() -> writing.list(Query.of("DELETE FROM item"))).isInstanceOf(QueryException.class);
        for (String sql : List.of(
                "-- first\nSELECT id FROM item",
                "/**/WITH a AS (SELECT id FROM item) SELECT id FROM a",
                "VALUES (1)")) {
            assertThat(pool.<List<Row>>read(reader -> reader.list(Query.of(sql))))
                    .as(sql)
                    .hasSize(1);
        }
        assertThat(writing.list(delete)).hasSize(1);
    }

    @Test
    void queryThatFailsWhileItRunsSaysWhyEachTimeAndCanSucceedLater() throws SQLException {
        Query<Row> overflow = Query.of("SELECT abs(id) AS a FROM item");
        addItem(Long.MIN_VALUE);
        for (int round = 0; round < 5; round++) {
            assertThatThrownBy(() -> pool.read(reader -> reader.list(overflow)))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("integer overflow");
        }
        database.run("UPDATE item SET id = -5");
        assertThat(pool.read(reader -> reader.list(overflow)).getFirst().integer("a"))
                .isEqualTo(5);
    }

    @Test
    void failingMappingIsAQueryException() {
        assertThatThrownBy(() -> pool.read(
                        reader -> reader.list(Query.of("SELECT 1 AS x").map(row -> Math.floorDiv(1L, 0L)))))
                .isInstanceOf(QueryException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void newColumnIsSeenThroughAPreparedStar() throws SQLException {
        addItem(1);
        Query<Row> all = Query.of("SELECT * FROM item");
        assertThat(pool.read(reader -> reader.list(all)).getFirst().columns())
                .containsExactly("id", "title", "content");
        database.run("ALTER TABLE item ADD COLUMN extra INTEGER DEFAULT 5");
        Row row = pool.read(reader -> reader.list(all)).getFirst();
        assertThat(row.columns()).containsExactly("id", "title", "content", "extra");
        assertThat(row.integer("extra")).isEqualTo(5);
    }

    @Test
    void vectorIsOfTheSameStateAsTheRows() throws SQLException {
        database.commit("INSERT INTO item(title) VALUES ('a')");
        database.commit("INSERT INTO item(title) VALUES ('b')");
        var vector = pool.inTransaction(SqlReader::vector);
        assertThat(vector.heads()).isEqualTo(Map.of(new ReplicaId(7), 2L));
    }

    @Test
    void rowsAreEqualByColumnsAndContent() throws SQLException {
        database.run("INSERT INTO item(title, content) VALUES ('a', ?)", new byte[] {1, 2});
        Query<Row> all = Query.of("SELECT * FROM item");
        Row first = pool.read(reader -> reader.list(all)).getFirst();
        Row again = pool.read(reader -> reader.list(all)).getFirst();
        assertThat(again).isEqualTo(first).hasSameHashCodeAs(first).isNotSameAs(first);
        database.run("UPDATE item SET content = ?", new byte[] {1, 3});
        assertThat(pool.read(reader -> reader.list(all)).getFirst()).isNotEqualTo(first);
        assertThat(first.value("TITLE")).isEqualTo("a");
        assertThatThrownBy(() -> first.text("titel")).hasMessageContaining("id, title, content");
        assertThatThrownBy(() -> first.integer("title")).hasMessageContaining("'title' should hold an integer");
        assertThat(first.toString()).doesNotContain("'a'");
    }

    @Test
    void keptRowsHoldValuesThatComeAgainOnceAndAreEqualToOthers() throws SQLException {
        for (int item = 0; item < 300; item++) {
            database.run(
                    "INSERT INTO item(title, content) VALUES (?, ?)",
                    item % 3 == 0 ? "title " + item : "of many",
                    new byte[] {1, (byte) (item % 2)});
        }
        Query<Row> all = Query.of("SELECT id, title, content FROM item ORDER BY id");
        List<ResultRow> kept = pool.inTransaction(reader -> reader.internedRows(all.sql(), List.of()));
        assertThat(kept).isEqualTo(pool.read(reader -> reader.list(all)));
        assertThat(kept.get(200).text("title"))
                .isEqualTo("of many")
                .isSameAs(kept.get(298).text("title"));
        assertThat(kept.get(200).blob("content")).isSameAs(kept.get(298).blob("content"));
        assertThat(kept.get(200).blob("content")).isNotEqualTo(kept.get(299).blob("content"));
    }

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        addItem(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> results = IntStream.range(0, 16)
                    .mapToObj(thread -> threads.submit(() -> {
                        int seen = 0;
                        for (int round = 0; round < 100; round++) {
                            seen += pool.<Long>read(reader -> reader.list(COUNT).getFirst())
                                    .intValue();
                        }
                        return seen;
                    }))
                    .toList();
            for (Future<Integer> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(100);
            }
        }
    }

    @Test
    void missingFileIsRefusedAtOnce() {
        Path nowhere = folder.resolve("nowhere/none.db");
        assertThatThrownBy(() -> new ReadPool(nowhere, 1, Duration.ofSeconds(1)).close())
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining("none.db");
    }

    @Test
    void readingAfterClosingSaysSo() {
        pool.close();
        assertThatThrownBy(() -> pool.read(reader -> reader.list(COUNT)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void statementCacheKeepsTheLatestUsed() throws SQLException {
        try (StatementCache cache = new StatementCache(database.writer(), 2)) {
            var first = cache.prepared("SELECT 1");
            cache.prepared("SELECT 2");
            assertThat(cache.prepared("SELECT 1")).isSameAs(first);
            cache.prepared("SELECT 3");
            assertThat(cache.size()).isEqualTo(2);
            assertThat(cache.prepared("SELECT 1")).isSameAs(first);
            assertThat(first.isClosed()).isFalse();
        }
    }

    private void addItem(long id) {
        try {
            database.run("INSERT INTO item(id, title) VALUES (?, 'x')", id);
        } catch (SQLException exception) {
            throw new AssertionError(exception);
        }
    }
}
