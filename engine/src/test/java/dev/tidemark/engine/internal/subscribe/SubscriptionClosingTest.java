package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.PlainDatabase;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SubscriptionClosingTest {
    private static final Query<Long> HEAD =
            Query.of("SELECT head FROM tm_replica WHERE id = 7").map(row -> row.integer("head"));

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong quickestClose = new AtomicLong(Long.MAX_VALUE);
    private PlainDatabase database;
    private ReadPool pool;
    private SubscriptionHub hub;

    @BeforeEach
    void open() throws SQLException {
        database = PlainDatabase.create(folder);
        pool = database.pool(2);
        hub = new SubscriptionHub(pool);
    }

    @AfterEach
    void close() throws SQLException {
        hub.close();
        executor.shutdownNow();
        pool.close();
        database.close();
    }

    @Test
    void closingFromInsideTheCallEndsIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Subscription> own = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        own.complete(hub.subscribe(
                HEAD,
                executor,
                result -> {
                    calls.incrementAndGet();
                    own.join().close();
                    own.join().close();
                    closed.countDown();
                },
                error -> calls.addAndGet(1000)));
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(hub.queries()).isZero();
        Recorder<Long> other = new Recorder<>();
        hub.subscribe(HEAD, executor, other::result, other::error);
        other.next();
        commit();
        other.nextThat(result -> result.rows().getFirst() == 1);
        assertThat(calls).hasValue(1);
    }

    @Proof
    @Test
    void noCallBeginsAfterCloseReturned() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                commit();
            }
        });
        AtomicInteger late = new AtomicInteger();
        int delivered = 0;
        for (int round = 0; round < 500; round++) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger calls = new AtomicInteger();
            Subscription subscription = hub.subscribe(
                    HEAD,
                    executor,
                    result -> {
                        if (over.get()) {
                            late.incrementAndGet();
                        }
                        calls.incrementAndGet();
                    },
                    error -> late.incrementAndGet());
            while (calls.get() < round % 4) {
                Thread.onSpinWait();
            }
            subscription.close();
            over.set(true);
            delivered += calls.get();
        }
        stop.set(true);
        writer.join();
        assertThat(late).hasValue(0);
        assertThat(delivered).isGreaterThan(500);
    }

    @Test
    void closeWaitsForTheCallThatIsRunning() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Thread> closer = new CompletableFuture<>();
        AtomicBoolean done = new AtomicBoolean();
        Subscription subscription = hub.subscribe(
                HEAD,
                executor,
                result -> {
                    entered.countDown();
                    Thread closing = closer.join();
                    while (closing.getState() == Thread.State.RUNNABLE) {
                        Thread.onSpinWait();
                    }
                    done.set(closing.getState() == Thread.State.TIMED_WAITING);
                },
                error -> {});
        await(entered);
        Thread closing = Thread.ofPlatform().unstarted(subscription::close);
        closing.start();
        closer.complete(closing);
        closing.join();
        assertThat(done).isTrue();
    }

    @Test
    void callsThatCloseEachOtherDoNotWaitForEachOther() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch closed = new CountDownLatch(2);
        CompletableFuture<Subscription> one = new CompletableFuture<>();
        CompletableFuture<Subscription> two = new CompletableFuture<>();
        one.complete(hub.subscribe(HEAD, executor, result -> closeOther(both, two, closed), error -> {}));
        two.complete(hub.subscribe(HEAD, executor, result -> closeOther(both, one, closed), error -> {}));
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(hub.queries()).isZero();
        assertThat(quickestClose)
                .as("neither may use up the wait for the other")
                .hasValueLessThan(900_000_000L);
    }

    @Test
    void hubCanBeClosedFromInsideACall() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        hub.subscribe(
                HEAD,
                Runnable::run,
                result -> {
                    hub.close();
                    closed.countDown();
                },
                error -> {});
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void closeOther(CyclicBarrier both, CompletableFuture<Subscription> other, CountDownLatch closed) {
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (Exception exception) {
            throw new AssertionError(exception);
        }
        Subscription known = other.join();
        long start = System.nanoTime();
        known.close();
        quickestClose.accumulateAndGet(System.nanoTime() - start, Math::min);
        closed.countDown();
    }

    private void commit() {
        try {
            database.commit();
        } catch (SQLException exception) {
            throw new AssertionError(exception);
        }
        hub.committed(Set.of("tm_replica"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }
}
