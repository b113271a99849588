package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following a changelog delivers every new change once, in causal order, and none that was rolled back. */
class ChangelogFollowTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private final List<Change> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
    }

    @AfterEach
    void close() {
        replicas.close();
        assertThat(errors).isEmpty();
    }

    private static void note(SqliteDatabase database) {
        Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Subscription follow(VersionVector after) {
        return a.changelog().follow(after, Runnable::run, batch -> seen.addAll(batch.changes()), errors::add);
    }

    private void expectEverythingOnceInCausalOrder(VersionVector after) {
        VersionVector held = a.changelog().vector();
        long expected = held.heads().entrySet().stream()
                .mapToLong(head -> head.getValue() - after.get(head.getKey()))
                .sum();
        await(() -> seen.size() >= expected);
        List<Change> delivered = List.copyOf(seen);
        assertThat(delivered).hasSize((int) expected);
        Map<ReplicaId, Long> heads = new HashMap<>(after.heads());
        for (Change change : delivered) {
            assertThat(change.dot().sequence())
                    .isEqualTo(heads.getOrDefault(change.dot().replica(), 0L) + 1);
            assertThat(VersionVector.of(heads).covers(change.context().vector()))
                    .as("causal order")
                    .isTrue();
            heads.put(change.dot().replica(), change.dot().sequence());
        }
        assertThat(VersionVector.of(heads)).isEqualTo(held);
    }

    @Proof
    @Test
    void neverMissesNorDoublesWhileThreadsMergesAndAnotherProgramWrite() throws Exception {
        SqliteDatabase b = replicas.open("b");
        note(a);
        VersionVector after = a.changelog().vector();
        try (SqliteDatabase sameFile =
                        SqliteDatabase.open(a.file(), Replicas.TASKS, dev.tidemark.engine.DatabaseOptions.DEFAULT);
                Subscription subscription = follow(after);
                ExecutorService writers = Executors.newFixedThreadPool(4)) {
            assertThat(subscription).isNotNull();
            CountDownLatch done = new CountDownLatch(4);
            for (SqliteDatabase writer : List.of(a, a, sameFile)) {
                writers.execute(() -> {
                    for (int count = 0; count < 150; count++) {
                        note(writer);
                    }
                    done.countDown();
                });
            }
            writers.execute(() -> {
                for (int count = 0; count < 40; count++) {
                    note(b);
                    Replicas.pull(b, a, new Batch.Limit(7, 1 << 20));
                    Replicas.pull(a, b, Batch.Limit.DEFAULT);
                }
                done.countDown();
            });
            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
            expectEverythingOnceInCausalOrder(after);
            assertThat(seen).hasSize(490);
        }
    }

    @Test
    void beginsAtTheVectorAndGoesOnAfterReopening() {
        for (int count = 0; count < 10; count++) {
            note(a);
        }
        VersionVector fourth = VersionVector.EMPTY.with(a.replica(), 4);
        try (Subscription subscription = follow(fourth)) {
            assertThat(subscription).isNotNull();
            expectEverythingOnceInCausalOrder(fourth);
        }
        VersionVector tenth = a.changelog().vector();
        seen.clear();
        a = replicas.reopen(a);
        note(a);
        try (Subscription subscription = follow(tenth)) {
            assertThat(subscription).isNotNull();
            note(a);
            expectEverythingOnceInCausalOrder(tenth);
        }
    }

    @Test
    void rolledBackWorkNeverAppears() {
        try (Subscription subscription = follow(VersionVector.EMPTY)) {
            assertThat(subscription).isNotNull();
            for (int count = 0; count < 30; count++) {
                try {
                    a.write(tx -> {
                        tx.execute("INSERT INTO note VALUES (?, 'rolled back')", Replicas.id());
                        throw new IllegalStateException("no");
                    });
                } catch (IllegalStateException expected) {
                    assertThat(expected).hasMessage("no");
                }
                note(a);
            }
            expectEverythingOnceInCausalOrder(VersionVector.EMPTY);
            assertThat(seen)
                    .hasSize(30)
                    .allMatch(change -> "x".equals(change.values().get("body")));
        }
    }

    @Test
    void slowSubscriberGetsBatchesReadFromTheLogAndDelaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger largest = new AtomicInteger();
        try (ExecutorService slow = Executors.newSingleThreadExecutor();
                Subscription subscription = a.changelog()
                        .follow(
                                VersionVector.EMPTY,
                                slow,
                                batch -> {
                                    awaitQuietly(release);
                                    largest.accumulateAndGet(batch.changes().size(), Math::max);
                                    seen.addAll(batch.changes());
                                },
                                errors::add)) {
            assertThat(subscription).isNotNull();
            note(a);
            for (int round = 0; round < 3; round++) {
                a.write(tx -> {
                    for (int row = 0; row < 1_500; row++) {
                        tx.execute("INSERT INTO note VALUES (?, 'x')", Replicas.id());
                    }
                    return null;
                });
            }
            assertThat(seen).isEmpty();
            release.countDown();
            expectEverythingOnceInCausalOrder(VersionVector.EMPTY);
            assertThat(largest.get()).isLessThanOrEqualTo(1_000);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closesFromInsideTheCallAndNeverCallsAgain() {
        AtomicReference<Subscription> own = new AtomicReference<>();
        CountDownLatch set = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        own.set(a.changelog()
                .follow(
                        VersionVector.EMPTY,
                        Runnable::run,
                        batch -> {
                            awaitQuietly(set);
                            calls.incrementAndGet();
                            own.get().close();
                        },
                        errors::add));
        set.countDown();
        note(a);
        await(() -> calls.get() == 1);
        try (Subscription other = follow(VersionVector.EMPTY)) {
            assertThat(other).isNotNull();
            note(a);
            expectEverythingOnceInCausalOrder(VersionVector.EMPTY);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void thrownAndRefusedBatchesAreReportedAndNoneIsLost() {
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger refusals = new AtomicInteger(3);
        try (Subscription subscription = a.changelog()
                .follow(
                        VersionVector.EMPTY,
                        call -> {
                            if (refusals.getAndDecrement() > 0) {
                                throw new RejectedExecutionException("busy");
                            }
                            call.run();
                        },
                        (Batch batch) -> {
                            seen.addAll(batch.changes());
                            throw new IllegalStateException("thrown by the subscriber");
                        },
                        told::add)) {
            assertThat(subscription).isNotNull();
            for (int count = 0; count < 3; count++) {
                int before = told.size();
                note(a);
                await(() -> told.size() > before);
            }
            note(a);
            expectEverythingOnceInCausalOrder(VersionVector.EMPTY);
            await(() -> told.stream().anyMatch(IllegalStateException.class::isInstance));
            assertThat(told).hasAtLeastOneElementOfType(RejectedExecutionException.class);
        }
    }

    @Test
    void closingTheDatabaseEndsItQuietly() {
        Subscription subscription = follow(VersionVector.EMPTY);
        note(a);
        expectEverythingOnceInCausalOrder(VersionVector.EMPTY);
        a.close();
        subscription.close();
        assertThat(errors).isEmpty();
    }
}
