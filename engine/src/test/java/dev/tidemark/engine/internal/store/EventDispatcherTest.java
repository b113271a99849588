package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseEvent.ClockAhead;
import dev.tidemark.engine.DatabaseEvent.SchemaNewer;
import dev.tidemark.engine.DatabaseEvent.SubscriptionFailed;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.log.ExpectLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events: clocks far ahead (acceptance 25), a newer schema (R10), failures. */
@Timeout(60)
class EventDispatcherTest {
    @TempDir
    Path folder;

    private final BlockingQueue<DatabaseEvent> events = new LinkedBlockingQueue<>();
    private Replicas replicas;
    private SqliteDatabase here;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        here = replicas.open("here");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private SqliteDatabase device(String name, InstantSource clock) {
        return replicas.open(name, Replicas.TASKS, clock);
    }

    private static void note(Database database) {
        Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
    }

    private void pull(Database from) {
        Replicas.pull(from, here, Batch.Limit.DEFAULT);
    }

    private ClockAhead nextClock() throws InterruptedException {
        return (ClockAhead) java.util.Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void clockAYearAheadIsToldOnceByTheDevicesNameAndWhatItClaimed() throws Exception {
        here.onEvent(Runnable::run, events::add);
        SqliteDatabase fast = device("Laptop", () -> Instant.now().plus(Duration.ofDays(365)));
        note(fast);
        pull(fast);
        ClockAhead event = nextClock();
        assertThat(event.replica()).isEqualTo(fast.replica());
        assertThat(event.claimedMillis())
                .isEqualTo(Replicas.changes(fast).getLast().wallMillis());
        assertThat(event.ahead()).isBetween(Duration.ofDays(364), Duration.ofDays(366));
        assertThat(event.message()).contains(fast.replica().toString());
        for (int count = 0; count < 5; count++) {
            note(fast);
            pull(fast);
        }
        assertThat(events).isEmpty();
    }

    @Test
    void clockWithinTheToleranceIsNotTold() {
        here.onEvent(Runnable::run, events::add);
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(Duration.ofHours(23)));
        note(fast);
        pull(fast);
        assertThat(events).isEmpty();
        assertThat(Replicas.column(here, "SELECT body FROM note")).hasSize(1);
    }

    @Test
    void deviceThatHasSeenAnothersFutureIsNotBlamedForIt() throws Exception {
        here.onEvent(Runnable::run, events::add);
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(Duration.ofDays(365)));
        SqliteDatabase right = replicas.open("right");
        note(fast);
        Replicas.sync(fast, right);
        note(right);
        assertThat(Replicas.changes(right).getLast().timestamp().millis())
                .as("its stamp is in the future, too")
                .isGreaterThan(Instant.now().plus(Duration.ofDays(300)).toEpochMilli());
        pull(right);
        assertThat(nextClock().replica()).isEqualTo(fast.replica());
        assertThat(events).isEmpty();
    }

    @Test
    void warningSurvivesReopeningAndIsDeliveredToLaterListeners() throws Exception {
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(Duration.ofDays(2)));
        note(fast);
        pull(fast);
        here.nameReplica(fast.replica(), "Old laptop");
        here = replicas.reopen(here);
        here.onEvent(Runnable::run, events::add);
        assertThat(nextClock().name()).isEqualTo("Old laptop");
        assertThat(events).isEmpty();
    }

    @Test
    void warningIsToldAgainWhenTheClockGoesFurtherAheadAndEndsWhenItIsRight() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofDays(2));
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(ahead.get()));
        here.onEvent(Runnable::run, events::add);
        note(fast);
        pull(fast);
        nextClock();
        ahead.set(Duration.ofDays(3));
        note(fast);
        pull(fast);
        assertThat(nextClock().ahead()).isGreaterThan(Duration.ofDays(2).plusHours(12));
        ahead.set(Duration.ZERO);
        note(fast);
        pull(fast);
        here = replicas.reopen(here);
        here.onEvent(Runnable::run, events::add);
        assertThat(events).isEmpty();
    }

    @Test
    void mergeByAnotherProcessWarnsHereToo() throws Exception {
        here.onEvent(Runnable::run, events::add);
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(Duration.ofDays(2)));
        note(fast);
        SqliteDatabase otherProcess = replicas.open("here");
        Replicas.pull(fast, otherProcess, Batch.Limit.DEFAULT);
        assertThat(nextClock().replica()).isEqualTo(fast.replica());
    }

    @Test
    void newerSchemaIsToldBeforeAnybodyWritesAndWritingIsRefused() throws Exception {
        here.onEvent(Runnable::run, events::add);
        Schema newer = Schema.builder()
                .migration("tasks", Replicas.TASKS.migrations().getFirst().step())
                .migration("more", "ALTER TABLE note ADD COLUMN colour TEXT")
                .synced("folder", "task", "note")
                .build();
        replicas.open("here", newer);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new SchemaNewer(1, 2));
        assertThatThrownBy(() -> note(here)).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> note(here)).isInstanceOf(TransactionException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void failingSubscriberWithoutHandlerOfErrorsIsToldAndGoesOn() throws Exception {
        here.onEvent(Runnable::run, events::add);
        CountDownLatch later = new CountDownLatch(1);
        Query<Long> count = Query.of("SELECT count(*) AS n FROM note").map(row -> row.integer("n"));
        here.subscribe(count, Runnable::run, result -> {
            if (result.rows().getFirst() == 0) {
                throw new IllegalStateException("not this one");
            }
            later.countDown();
        });
        SubscriptionFailed failed = (SubscriptionFailed) events.poll(10, TimeUnit.SECONDS);
        assertThat(failed.sql()).isEqualTo(count.sql());
        assertThat(failed.reason()).hasMessage("not this one");
        note(here);
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ExpectLog("A call on an executor failed")
    @Test
    void listenerMayWriteAndThrowAndClose() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        here.onEvent(Runnable::run, event -> {
            note(here);
            written.countDown();
            throw new IllegalStateException("expected in the log");
        });
        var closed = here.onEvent(Runnable::run, events::add);
        closed.close();
        SqliteDatabase fast = device("fast", () -> Instant.now().plus(Duration.ofDays(2)));
        note(fast);
        pull(fast);
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(events).isEmpty();
    }
}
