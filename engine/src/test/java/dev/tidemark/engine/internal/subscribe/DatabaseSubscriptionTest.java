package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions through the public API on a complete database. */
@Timeout(120)
class DatabaseSubscriptionTest {
    private record Item(UUID id, String title, long n) {}

    private static final Query<Item> ITEMS =
            Query.of("SELECT id, title, n FROM item ORDER BY n").as(Item.class);
    private static final Query<Long> COUNT =
            Query.of("SELECT count(*) AS n FROM item").map(row -> row.integer("n"));

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(
                folder.resolve("one.db"), ExternalWriter.SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneDeliveryForEachCommitThatChangesTheResult() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        assertThat(recorder.next().rows()).isEmpty();
        UUID id = database.write(tx -> tx.save("item", new Item(null, "a", 1)));
        assertThat(recorder.next().rows()).containsExactly(new Item(id, "a", 1));
        database.write(tx -> tx.save("item", new Item(id, "a", 1)));
        database.write(tx -> tx.execute("UPDATE item SET title = title"));
        database.write(tx -> tx.execute("INSERT INTO setting VALUES ('x', 'y')"));
        database.write(tx -> tx.save("item", new Item(id, "b", 1)));
        Query.Result<Item> changed = recorder.next();
        assertThat(changed.rows()).containsExactly(new Item(id, "b", 1));
        assertThat(changed.difference().changed()).containsExactly(0);
        assertThat(changed.vector()).isEqualTo(database.changelog().vector());
        database.write(tx -> tx.delete("item", id));
        assertThat(recorder.next().difference().removed()).containsExactly(0);
        assertThat(recorder.calls()).isEqualTo(4);
    }

    @Test
    void rolledBackWorkIsNeverSeen() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        assertThatThrownBy(() -> database.write(tx -> {
                    tx.save("item", new Item(null, "never", 1));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        database.write(tx -> tx.save("item", new Item(null, "kept", 2)));
        assertThat(recorder.next().rows()).extracting(Item::title).containsExactly("kept");
        assertThat(recorder.calls()).isEqualTo(2);
    }

    @Test
    void transactionOfTenThousandRowsIsOneDelivery() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        database.write(tx -> {
            for (int n = 0; n < 10_000; n++) {
                tx.execute("INSERT INTO item(id, title, n) VALUES (?, 'x', ?)", Ids.next(), n);
            }
            return null;
        });
        assertThat(recorder.next().rows()).hasSize(10_000);
        long start = System.nanoTime();
        database.write(tx -> tx.execute("UPDATE item SET title = 'y' WHERE n = 5000"));
        assertThat(recorder.next().difference().changed()).containsExactly(5_000);
        System.out.println("DatabaseSubscriptionTest: one change among 10000 rows was delivered after "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(recorder.calls()).isEqualTo(3);
    }

    @Proof
    @Test
    void burstOfCommitsEndsWithTheLastInOrder() throws Exception {
        Recorder<Long> recorder = subscribe(COUNT);
        for (int n = 0; n < 10_000; n++) {
            int number = n;
            database.write(tx -> tx.execute("INSERT INTO item VALUES (?, 'x', ?)", Ids.next(), number));
        }
        long last = -1;
        while (last < 10_000) {
            long count = recorder.next().rows().getFirst();
            assertThat(count).isGreaterThan(last);
            last = count;
        }
        assertThat(recorder.hasMore()).isFalse();
    }

    @Test
    void viewsTriggersAndLocalTablesAreLive() throws Exception {
        Recorder<Row> view = subscribe(Query.of("SELECT * FROM titled"));
        Recorder<Row> log = subscribe(Query.of("SELECT x FROM log"));
        Recorder<Row> settings = subscribe(Query.of("SELECT * FROM setting"));
        view.next();
        log.next();
        settings.next();
        database.write(tx -> tx.execute("INSERT INTO setting VALUES ('x', 'y')"));
        assertThat(settings.next().rows()).hasSize(1);
        database.write(tx -> tx.save("item", new Item(null, "a", 1)));
        assertThat(view.next().rows()).hasSize(1);
        assertThat(log.next().rows()).hasSize(1);
        assertThat(settings.hasMore()).isFalse();
    }

    @Test
    void fullTextTablesAreLiveHoweverTheyAreWritten() throws Exception {
        Recorder<Row> found = subscribe(Query.of("SELECT title FROM item_text WHERE item_text MATCH 'milk'"));
        found.next();
        database.write(tx -> tx.save("item", new Item(null, "buy milk", 1)));
        assertThat(found.next().rows()).hasSize(1);
        database.write(tx -> tx.execute("INSERT INTO item_text(rowid, title) VALUES (1000, 'more milk')"));
        assertThat(found.next().rows()).hasSize(2);
        try (Database other = Database.open(folder.resolve("two.db"), ExternalWriter.SCHEMA)) {
            other.write(tx -> tx.save("item", new Item(null, "milk of theirs", 2)));
            SyncEngine.sync(database.changelog(), other.changelog());
        }
        assertThat(found.next().rows()).hasSize(3);
    }

    @Test
    void contentTableOfAFullTextIndexIsWatchedWhenNamed() throws Exception {
        Recorder<Row> all = subscribe(Query.of("SELECT title FROM item_outline").alsoReading("item"));
        assertThat(all.next().rows()).isEmpty();
        // Nothing writes the index itself: what it shows comes from its content table.
        UUID id = database.write(tx -> tx.save("item", new Item(null, "a", 1)));
        assertThat(all.next().rows()).hasSize(1);
        database.write(tx -> tx.execute("UPDATE item SET title = 'b' WHERE id = ?", id));
        assertThat(all.next().rows().getFirst().text("title")).isEqualTo("b");
    }

    @Test
    void whatASyncBringsIsDelivered() throws Exception {
        try (Database other = Database.open(folder.resolve("two.db"), ExternalWriter.SCHEMA)) {
            UUID id = other.write(tx -> tx.save("item", new Item(null, "theirs", 1)));
            Recorder<Item> recorder = subscribe(ITEMS);
            recorder.next();
            SyncEngine.sync(database.changelog(), other.changelog());
            assertThat(recorder.next().rows()).containsExactly(new Item(id, "theirs", 1));
            other.write(tx -> tx.delete("item", id));
            SyncEngine.sync(database.changelog(), other.changelog());
            assertThat(recorder.next().rows()).isEmpty();
            SyncEngine.sync(database.changelog(), other.changelog());
            assertThat(recorder.calls()).isEqualTo(3);
        }
    }

    @Proof
    @Test
    void changesByAnotherProcessAreDelivered() throws Exception {
        try (ExternalWriter other = ExternalWriter.start("engine", database.file())) {
            Recorder<Long> recorder = subscribe(COUNT);
            assertThat(recorder.next().rows()).containsExactly(0L);
            long worst = 0;
            for (long round = 1; round <= 10; round++) {
                other.run("INSERT INTO item VALUES (randomblob(16), 'theirs', " + round + ")");
                long start = System.nanoTime();
                assertThat(recorder.next().rows()).containsExactly(2 * round - 1);
                worst = Math.max(worst, System.nanoTime() - start);
                database.write(tx -> tx.execute("INSERT INTO item VALUES (?, 'ours', 0)", Ids.next()));
                assertThat(recorder.next().rows()).containsExactly(2 * round);
            }
            System.out.println(
                    "DatabaseSubscriptionTest: another process was seen after " + worst / 1_000_000 + " ms at worst");
            assertThat(Duration.ofNanos(worst)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void subscribersMayWriteFromInsideACall() throws Exception {
        CountDownLatch enough = new CountDownLatch(10);
        Subscription subscription = database.subscribe(
                COUNT,
                Runnable::run,
                result -> {
                    enough.countDown();
                    database.write(tx -> tx.save("item", new Item(null, "again", 1)));
                },
                error -> {
                    throw new AssertionError(error);
                });
        assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        subscription.close();
    }

    @Test
    void databaseCanBeClosedFromInsideACall() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        database.subscribe(
                COUNT,
                Runnable::run,
                result -> {
                    database.close();
                    closed.countDown();
                },
                error -> {});
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> subscribe(COUNT)).hasMessageContaining("closed");
        assertThatThrownBy(() -> database.list(COUNT)).hasMessageContaining("closed");
    }

    @Test
    void recordsAndColumnsNeedNotAgree() {
        record Part(UUID id, long n, String unknown) {}
        UUID id = database.write(tx -> tx.save("item", new Item(null, "kept", 1)));
        database.write(tx -> tx.save("item", new Part(id, 2, "ignored")));
        assertThat(database.list(ITEMS)).isEqualTo(List.of(new Item(id, "kept", 2)));
        Query<Part> parts = Query.of("SELECT * FROM item").as(Part.class);
        assertThat(database.list(parts)).containsExactly(new Part(id, 2, null));
    }

    private <T> Recorder<T> subscribe(Query<T> query) {
        Recorder<T> recorder = new Recorder<>();
        database.subscribe(query, Runnable::run, recorder::result, recorder::error);
        return recorder;
    }
}
