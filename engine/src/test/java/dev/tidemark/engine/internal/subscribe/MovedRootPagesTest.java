package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Schema;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions still find their tables after a VACUUM of another process has moved root pages. */
@Timeout(120)
class MovedRootPagesTest {
    /**
     * Tables of several pages each whose root pages lie in another order after a VACUUM, since one is dropped before.
     */
    private static final Schema SCHEMA =
            Schema.builder().migration("tables", """
                CREATE TABLE gone(x);
                CREATE TABLE first(id INTEGER PRIMARY KEY, x TEXT);
                CREATE TABLE second(id INTEGER PRIMARY KEY, x TEXT);
                CREATE TABLE third(id INTEGER PRIMARY KEY, x TEXT);
                CREATE TABLE synced(id BLOB PRIMARY KEY NOT NULL, x TEXT);
                INSERT INTO first WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000)
                  SELECT i, hex(randomblob(30)) FROM c;
                INSERT INTO second SELECT * FROM first;
                INSERT INTO third SELECT * FROM first;
                DROP TABLE gone;
                """).synced("synced").build();

    @TempDir
    Path folder;

    private Database database;
    private ExternalWriter other;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(folder.resolve("moved.db"), SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
        other = ExternalWriter.start("plain", database.file());
    }

    @AfterEach
    void close() throws Exception {
        other.close();
        database.close();
    }

    @Test
    void newStatementsAreKnownByTheTablesTheyWriteAfterAVacuum() throws Exception {
        Recorder<Row> recorder = subscribe("SELECT count(*), sum(length(x)) FROM third");
        recorder.next();
        database.write(tx -> tx.execute("UPDATE third SET x = 'before' WHERE id = 1"));
        recorder.next();
        List<Object> pages = rootPages();
        vacuum();
        assertThat(rootPages()).as("the test must move the pages").isNotEqualTo(pages);
        Recorder<Row> others = subscribe("SELECT max(x) FROM second");
        others.next();
        database.write(tx -> tx.execute("UPDATE third SET x = 'afterwards' WHERE id = 2"));
        recorder.nextThat(result -> database.list(Query.of("SELECT 1 FROM third WHERE x = 'afterwards'"))
                        .size()
                == 1);
        database.write(tx -> tx.execute("UPDATE second SET x = 'zzz' WHERE id = 2"));
        assertThat(others.next().rows().getFirst().text("max(x)")).isEqualTo("zzz");
    }

    @Proof
    @Test
    void subscriptionsOnEveryConnectionKnowTheirTablesAfterAVacuum() throws Exception {
        // Several connections that have all read the schema before.
        CountDownLatch all = new CountDownLatch(4);
        Thread[] readers = new Thread[4];
        for (int index = 0; index < readers.length; index++) {
            readers[index] = Thread.ofVirtual()
                    .start(() -> database.read(reader -> {
                        reader.list(Query.of("SELECT count(*) FROM third"));
                        all.countDown();
                        return awaited(all);
                    }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        vacuum();
        for (int round = 0; round < 12; round++) {
            Recorder<Row> recorder = subscribe("SELECT x, " + round + " FROM third WHERE id = 3");
            recorder.next();
            String text = "round " + round;
            // Holds on to some connections, so that the subscription uses another one each time.
            database.read(reader -> {
                reader.list(Query.of("SELECT 1"));
                database.write(tx -> tx.execute("UPDATE third SET x = ? WHERE id = 3", text));
                return null;
            });
            assertThat(recorder.next().rows().getFirst().text("x")).isEqualTo(text);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    private void vacuum() throws Exception {
        other.run("DELETE FROM first");
        other.run("VACUUM");
    }

    private List<Object> rootPages() {
        return database.list(Query.of("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0 ORDER BY name")
                .map(row -> (Object) (row.text("name") + row.integer("rootpage"))));
    }

    private Recorder<Row> subscribe(String sql) {
        Recorder<Row> recorder = new Recorder<>();
        database.subscribe(Query.of(sql), Runnable::run, recorder::result, recorder::error);
        return recorder;
    }
}
