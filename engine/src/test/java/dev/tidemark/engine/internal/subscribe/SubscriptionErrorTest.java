package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.log.ExpectLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SubscriptionErrorTest extends HubFixture {
    @Test
    void failingQueryIsReportedOnceAndHeals() throws Exception {
        Recorder<Row> recorder = new Recorder<>();
        hub.subscribe(Query.of("SELECT * FROM later"), executor, recorder::result, recorder::error);
        assertThat(recorder.nextError()).isInstanceOf(QueryException.class).hasMessageContaining("later");
        commit("item", "INSERT INTO item VALUES (1, 'x', 1)");
        commit("later", "CREATE TABLE later(x)");
        assertThat(recorder.next().rows()).isEmpty();
        assertThat(recorder.hasMore()).isFalse();
    }

    @ExpectLog("A subscriber failed to handle an error")
    @Test
    void throwingSubscriberIsToldAndHarmsNobody() throws Exception {
        Recorder<Item> healthy = subscribe(ITEMS);
        Recorder<Item> errors = new Recorder<>();
        hub.subscribe(
                ITEMS,
                executor,
                result -> {
                    throw new IllegalStateException("mine");
                },
                errors::error);
        hub.subscribe(
                ITEMS,
                executor,
                result -> {
                    throw new AssertionError("hopeless");
                },
                error -> {
                    throw new IllegalStateException("also in onError (expected in the log)", error);
                });
        assertThat(errors.nextError()).hasMessage("mine");
        healthy.next();
        commit("item", "INSERT INTO item VALUES (1, 'x', 1)");
        assertThat(errors.nextError()).hasMessage("mine");
        assertThat(healthy.next().rows()).hasSize(1);
    }

    @Test
    void failingMappingIsReportedAndTheNextResultIsDelivered() throws Exception {
        Recorder<Long> recorder = subscribe(Query.of("SELECT n FROM item").map(row -> row.integer("n")));
        recorder.next();
        commit("item", "INSERT INTO item VALUES (1, 'x', NULL)");
        assertThat(recorder.nextError()).isInstanceOf(QueryException.class);
        commit("item", "UPDATE item SET n = 4");
        assertThat(recorder.next().rows()).containsExactly(4L);
    }

    @Test
    void executorThatRefusesIsReported() throws Exception {
        ExecutorService refusing = Executors.newSingleThreadExecutor();
        refusing.shutdown();
        Recorder<Item> recorder = new Recorder<>();
        hub.subscribe(ITEMS, refusing, recorder::result, recorder::error);
        assertThat(recorder.nextError()).isInstanceOf(QueryException.class).hasMessageContaining("executor");
    }

    @Test
    void subscribersMayWriteAndSubscribeFromInsideACall() throws Exception {
        Recorder<Item> inner = new Recorder<>();
        Recorder<Item> outer = new Recorder<>();
        hub.subscribe(
                ITEMS,
                Runnable::run,
                result -> {
                    outer.result(result);
                    if (result.rows().size() < 5) {
                        commit("item", "INSERT INTO item(title, n) VALUES ('x', 1)");
                    } else {
                        hub.subscribe(ITEMS, Runnable::run, inner::result, inner::error);
                    }
                },
                outer::error);
        outer.nextThat(result -> result.rows().size() == 5);
        assertThat(inner.next().rows()).hasSize(5);
    }

    @Test
    void closedHubRefusesSubscriptionsAndEndsItsThread() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        hub.close();
        hub.close();
        commit("item", "INSERT INTO item VALUES (1, 'x', 1)");
        assertThatThrownBy(() -> subscribe(ITEMS)).hasMessageContaining("closed");
        assertThat(recorder.hasMore()).isFalse();
    }

    @Test
    void tablesThatTriggersWriteAreWatched() throws Exception {
        database.run("CREATE TABLE log(x)");
        database.run("CREATE TRIGGER noted AFTER INSERT ON item BEGIN INSERT INTO log VALUES (new.id); END");
        Recorder<Row> recorder = subscribe(Query.of("SELECT x FROM log"));
        recorder.next();
        commit("item", "INSERT INTO item VALUES (5, 'x', 1)");
        assertThat(recorder.next().rows()).hasSize(1);
    }

    @Test
    void fullTextIndexKeptByTriggersIsWatched() throws Exception {
        database.run("CREATE VIRTUAL TABLE item_text USING fts5(title, content='item', content_rowid='id')");
        database.run("CREATE TRIGGER indexed AFTER INSERT ON item BEGIN"
                + " INSERT INTO item_text(rowid, title) VALUES (new.id, new.title); END");
        Recorder<Row> recorder =
                subscribe(Query.of("SELECT rowid, title FROM item_text WHERE item_text MATCH ?", "milk"));
        recorder.next();
        commit("item", "INSERT INTO item VALUES (5, 'buy milk', 1)");
        assertThat(recorder.next().rows()).hasSize(1);
    }

    @Test
    void everythingIsRunAgainWhenSomebodyElseCommitted() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        database.commit("INSERT INTO item VALUES (1, 'theirs', 1)");
        hub.onExternalCommit();
        assertThat(recorder.next().rows()).hasSize(1);
    }
}
