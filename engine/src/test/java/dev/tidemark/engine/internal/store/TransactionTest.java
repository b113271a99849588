package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 5 and 9: a transaction is atomic, whatever error occurs in it. */
class TransactionTest {
    private static final Schema FUSSY =
            Schema.builder().migration("fussy", """
                CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, body TEXT);
                CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT);
                CREATE TRIGGER note_no AFTER INSERT ON note WHEN NEW.body = 'bomb'
                BEGIN SELECT RAISE(ROLLBACK, 'no bombs'); END;
                CREATE TRIGGER note_stop AFTER INSERT ON note WHEN NEW.body = 'stop'
                BEGIN SELECT RAISE(ABORT, 'not that'); END\
                """).synced("note").build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, FUSSY);
        database = replicas.open("a");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void exceptionOfTheWorkLeavesNothing() {
        insert("first");
        AtomicInteger commits = new AtomicInteger();
        database.onCommit(commits::incrementAndGet);
        IllegalStateException own = new IllegalStateException("mine");
        assertThatThrownBy(() -> database.write(tx -> {
                    note(tx, "lost");
                    tx.execute("INSERT INTO setting VALUES ('a', 'b')");
                    throw own;
                }))
                .isSameAs(own);
        assertThat(bodies()).containsExactly("first");
        assertThat(Replicas.column(database, "SELECT * FROM setting")).isEmpty();
        assertThat(commits).hasValue(0);
        insert("second");
        assertThat(Replicas.changes(database))
                .extracting(change -> change.dot().sequence())
                .containsExactly(1L, 2L);
        assertThat(commits).hasValue(1);
    }

    @Test
    void workWithoutAResultNeedsNone() {
        database.write(tx -> {
            note(tx, "first");
        });
        database.writeBasedOn(database.changelog().vector(), tx -> {
            note(tx, "second");
        });
        assertThat(bodies()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void checkedExceptionOfTheWorkComesOutAsItIsAndLeavesNothing() {
        try {
            database.write(tx -> {
                note(tx, "lost");
                Files.readString(folder.resolve("missing"));
            });
            fail("The file is missing");
        } catch (IOException expected) {
            assertThat(expected).isInstanceOf(NoSuchFileException.class);
        }
        SQLException own = new SQLException("mine, not the engine's");
        assertThatThrownBy(() -> database.write(tx -> {
                    note(tx, "lost");
                    throw own;
                }))
                .isSameAs(own);
        assertThatThrownBy(() -> database.read(reader -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(bodies()).isEmpty();
    }

    /** As Kotlin, Lombok and generics let it through. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception checked) throws E {
        throw (E) checked;
    }

    @Test
    void aCheckedExceptionOfTheWorkEndsTheTransactionToo() {
        IOException checked = new IOException("mine");
        assertThatThrownBy(() -> database.write(tx -> {
                    note(tx, "lost");
                    TransactionTest.<RuntimeException>sneak(checked);
                    return tx;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> database.update(statements -> {
                    statements.update("UPDATE tm_replica SET name = 'lost'");
                    TransactionTest.<RuntimeException>sneak(checked);
                    return statements;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> database.read(reader -> {
                    TransactionTest.<RuntimeException>sneak(checked);
                    return reader;
                }))
                .isSameAs(checked);
        // A transaction that stayed open would have this one wait for as long as the database waits for another
        // process.
        try (SqliteDatabase other = SqliteDatabase.open(
                replicas.file("a"),
                FUSSY,
                DatabaseOptions.DEFAULT
                        .with(Durability.NONE)
                        .with(Replicas.TICKING)
                        .withReaders(1)
                        .withBusyTimeout(Duration.ofMillis(100))
                        .withClockTolerance(Duration.ofHours(1)))) {
            other.write(tx -> note(tx, "other"));
        }
        insert("next");
        assertThat(bodies()).containsExactlyInAnyOrder("other", "next");
        assertThat(database.replicaNames().values()).doesNotContain("lost");
    }

    @Test
    void errorOfTheWorkLeavesNothingToo() {
        assertThatThrownBy(() -> database.write(tx -> {
                    note(tx, "lost");
                    throw new AssertionError("mine");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(bodies()).isEmpty();
        insert("next");
        assertThat(bodies()).containsExactly("next");
    }

    @Test
    void readsInsideSeeOwnWritesAndOthersDoNot() {
        database.write(tx -> {
            note(tx, "mine");
            assertThat(tx.list(Query.of("SELECT body FROM note"))).hasSize(1);
            assertThat(tx.first(Query.of("SELECT body FROM note")).orElseThrow().text("body"))
                    .isEqualTo("mine");
            assertThat(bodies()).as("other readers").isEmpty();
            return null;
        });
        assertThat(bodies()).containsExactly("mine");
    }

    @Test
    void transactionInsideTransactionIsAnErrorThatSaysSo() {
        assertThatThrownBy(() -> database.write(tx -> {
                    note(tx, "outer");
                    return Replicas.run(database, "DELETE FROM note");
                }))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining("open in this thread already");
        assertThat(bodies()).isEmpty();
        database.write(tx -> {
            note(tx, "outer");
            assertThatThrownBy(() -> database.write(inner -> null)).isInstanceOf(TransactionException.class);
            assertThatThrownBy(database::close).isInstanceOf(TransactionException.class);
            return null;
        });
        assertThat(bodies()).containsExactly("outer");
    }

    @Test
    void refusedStatementLeavesTheTransactionUsable() {
        UUID id = Replicas.id();
        database.write(tx -> {
            tx.execute("INSERT INTO note VALUES (?, 'one')", id);
            assertThatThrownBy(() -> tx.execute("INSERT INTO note VALUES (?, 'two')", id))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("UNIQUE");
            assertThatThrownBy(() -> tx.execute("INSERT INTO note VALUES (?, 'stop')", Replicas.id()))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("not that");
            assertThatThrownBy(() -> tx.execute("INSERT INTO nonsense VALUES (1)"))
                    .isInstanceOf(QueryException.class);
            note(tx, "three");
            return null;
        });
        assertThat(bodies()).containsExactlyInAnyOrder("one", "three");
        assertThat(Replicas.changes(database)).hasSize(2);
    }

    @Test
    void statementsAfterTheTransactionWasRolledBackBySqliteDoNotCommitByThemselves() {
        UUID id = Replicas.id();
        insert("kept");
        for (String end : List.of(
                "INSERT OR ROLLBACK INTO note VALUES (x'" + id.toString().replace("-", "") + "', 'again')",
                "INSERT INTO note VALUES (randomblob(16), 'bomb')")) {
            assertThatThrownBy(() -> database.write(tx -> {
                        tx.execute("INSERT INTO note VALUES (?, 'one')", id);
                        assertThatThrownBy(() -> tx.execute(end)).isInstanceOf(TransactionException.class);
                        assertThatThrownBy(() -> note(tx, "stray")).isInstanceOf(TransactionException.class);
                        assertThatThrownBy(() -> tx.list(Query.of("SELECT 1")))
                                .isInstanceOf(TransactionException.class);
                        return null;
                    }))
                    .isInstanceOf(TransactionException.class);
            assertThat(bodies()).containsExactly("kept");
        }
        insert("after");
        assertThat(Replicas.changes(database)).hasSize(2);
    }

    @Test
    void queryThatEndsTheTransactionEndsItForGood() {
        UUID id = Replicas.id();
        String sql = "INSERT OR ROLLBACK INTO note VALUES (?, 'two') RETURNING id";
        assertThatThrownBy(() -> database.write(tx -> {
                    tx.execute("INSERT INTO note VALUES (?, 'one')", id);
                    assertThatThrownBy(() -> tx.list(Query.of(sql, id))).isInstanceOf(TransactionException.class);
                    return note(tx, "stray");
                }))
                .isInstanceOf(TransactionException.class);
        assertThat(bodies()).isEmpty();
        assertThat(Replicas.changes(database)).isEmpty();
    }

    @Test
    void returningGivesRowsAndIsTracked() {
        List<String> returned = database.write(tx -> tx.list(
                Query.of("INSERT INTO note VALUES (?, 'one'), (?, 'two') RETURNING body", Replicas.id(), Replicas.id())
                        .map(row -> row.text("body"))));
        assertThat(returned).containsExactly("one", "two");
        assertThat(Replicas.changes(database)).hasSize(2);
    }

    @Test
    void returningOnLocalTableIsSeenBySubscribers() throws InterruptedException {
        java.util.concurrent.BlockingQueue<Integer> sizes = new java.util.concurrent.LinkedBlockingQueue<>();
        try (var subscription = database.subscribe(
                Query.of("SELECT * FROM setting"),
                Runnable::run,
                result -> sizes.add(result.rows().size()),
                error -> sizes.add(-1))) {
            assertThat(sizes.poll(10, java.util.concurrent.TimeUnit.SECONDS)).isZero();
            database.write(tx -> tx.list(Query.of("INSERT INTO setting VALUES ('a', 'b') RETURNING name")));
            assertThat(sizes.poll(10, java.util.concurrent.TimeUnit.SECONDS)).isOne();
        }
    }

    @Test
    void transactionObjectIsDeadAfterwards() {
        AtomicReference<Transaction> leaked = new AtomicReference<>();
        database.write(tx -> {
            leaked.set(tx);
            return null;
        });
        assertThatThrownBy(() -> note(leaked.get(), "late")).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> database.write(tx -> {
                    leaked.set(tx);
                    throw new IllegalStateException("mine");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> note(leaked.get(), "late")).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> leaked.get().list(Query.of("SELECT 1"))).isInstanceOf(TransactionException.class);
        assertThat(bodies()).isEmpty();
    }

    @Test
    void onlyOneStatementThatChangesDataIsTaken() {
        for (String sql : List.of(
                "COMMIT",
                "BEGIN",
                "CREATE TABLE x(y)",
                "DROP TABLE note",
                "PRAGMA foreign_keys = OFF",
                "/* x */ ATTACH 'x' AS y",
                "",
                "DELETE FROM tm_log",
                "UPDATE tm_replica SET clock = 0",
                "INSERT INTO setting VALUES ('a', '1'); INSERT INTO setting VALUES ('b', '2')")) {
            assertThatThrownBy(() -> Replicas.run(database, sql)).as(sql).isInstanceOf(QueryException.class);
        }
        Replicas.run(database, "-- a comment; with a semicolon\n INSERT INTO setting VALUES ('a;b', '1'); -- end");
        assertThat(Replicas.column(database, "SELECT name FROM setting")).containsExactly("a;b");
    }

    @Test
    void statementWorksAgainAfterItFailed() {
        String sql = "INSERT INTO setting VALUES (?, json_extract(?, '$.a'))";
        String query = "SELECT json_extract(?, '$.a') AS a";
        Replicas.run(database, sql, "a", "{\"a\": 1}");
        assertThatThrownBy(() -> Replicas.run(database, sql, "b", "not JSON")).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> Replicas.value(database, query, "not JSON")).isInstanceOf(QueryException.class);
        Replicas.run(database, sql, "c", "{\"a\": 2}");
        assertThat(Replicas.column(database, "SELECT name FROM setting ORDER BY name"))
                .containsExactly("a", "c");
        assertThat(Replicas.value(database, query, "{\"a\": 3}")).isEqualTo(3L);
        database.write(tx -> {
            assertThatThrownBy(() -> tx.list(Query.of(query, "not JSON"))).isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> tx.execute(sql, "d", "not JSON")).isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> tx.execute(sql, "d", "not JSON")).isInstanceOf(QueryException.class);
            assertThat(tx.list(Query.of(query, "{}"))).hasSize(1);
            return tx.execute(sql, "e", "{}");
        });
        assertThat(Replicas.column(database, "SELECT name FROM setting")).hasSize(3);
    }

    @Test
    void numberOfParametersMustFit() {
        assertThatThrownBy(() -> Replicas.run(database, "INSERT INTO setting VALUES (?, ?)", "a"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("2 parameters");
    }

    @Test
    void interruptedThreadStillSavesAndLaterOnesToo() {
        try (SqliteDatabase grouped =
                SqliteDatabase.open(replicas.file("g"), FUSSY, dev.tidemark.engine.DatabaseOptions.DEFAULT)) {
            try {
                Thread.currentThread().interrupt();
                grouped.write(tx -> note(tx, "interrupted"));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            grouped.write(tx -> note(tx, "later"));
            assertThat(Replicas.column(grouped, "SELECT body FROM note ORDER BY body"))
                    .containsExactly("interrupted", "later");
        }
    }

    private void insert(String body) {
        database.write(tx -> note(tx, body));
    }

    private static int note(Transaction tx, String body) {
        return tx.execute("INSERT INTO note VALUES (?, ?)", Replicas.id(), body);
    }

    private List<Object> bodies() {
        return Replicas.column(database, "SELECT body FROM note ORDER BY body");
    }
}
