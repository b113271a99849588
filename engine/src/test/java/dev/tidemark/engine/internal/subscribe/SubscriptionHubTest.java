package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SubscriptionHubTest extends HubFixture {
    private final Object oneAtATime = new Object();
    private static final Query<Long> HEAD =
            Query.of("SELECT head FROM tm_replica WHERE id = 7").map(row -> row.integer("head"));

    @Test
    void firstResultComesAtOnceAlsoWhenItIsEmpty() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        Query.Result<Item> first = recorder.next();
        assertThat(first.rows()).isEmpty();
        assertThat(first.difference().isEmpty()).isTrue();
    }

    @Test
    void oneDeliveryForEachCommitThatChangesTheResult() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        for (int n = 1; n <= 20; n++) {
            commit("item", "INSERT INTO item VALUES (" + n + ", 'x', " + n + ")");
            Query.Result<Item> result = recorder.next();
            assertThat(result.rows()).hasSize(n);
            assertThat(result.difference().added()).containsExactly(n - 1);
            assertThat(result.vector().get(new ReplicaId(7))).isEqualTo(n);
        }
        assertThat(recorder.hasMore()).isFalse();
    }

    @Test
    void nothingIsDeliveredForACommitThatDoesNotChangeTheResult() throws Exception {
        Recorder<Item> recorder =
                subscribe(Query.of("SELECT id, title, n FROM item WHERE n > 10").as(Item.class));
        recorder.next();
        commit("item", "INSERT INTO item VALUES (1, 'low', 1)");
        commit("other", "INSERT INTO other VALUES (1)");
        commit("item", "UPDATE item SET title = title");
        commit("item", "INSERT INTO item VALUES (2, 'high', 11)");
        assertThat(recorder.next().rows()).containsExactly(new Item(2, "high", 11));
        assertThat(recorder.calls()).isEqualTo(2);
    }

    @Test
    void deletesMovesAndChangesAreSeenAsSuch() throws Exception {
        commit("item", "INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
        Recorder<Item> recorder = subscribe(ITEMS);
        List<Item> first = recorder.next().rows();
        commit("item", "DELETE FROM item WHERE id = 2");
        Query.Result<Item> deleted = recorder.next();
        assertThat(deleted.difference().removed()).containsExactly(1);
        assertThat(deleted.rows().getFirst()).isSameAs(first.getFirst());
        commit("item", "UPDATE item SET n = 9 WHERE id = 1");
        Query.Result<Item> moved = recorder.next();
        assertThat(moved.difference().moved()).hasSize(1);
        assertThat(moved.difference().changed()).containsExactly(1);
        commit("item", "UPDATE item SET title = 'z' WHERE id = 3");
        assertThat(recorder.next().difference().changed()).containsExactly(0);
    }

    @Test
    void transactionOfTenThousandRowsIsOneDelivery() throws Exception {
        Recorder<Item> recorder = subscribe(ITEMS);
        recorder.next();
        commit(
                "item",
                "INSERT INTO item WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 10000)"
                        + " SELECT i, 'x', i FROM c");
        assertThat(recorder.next().difference().added()).hasSize(10_000);
        commit("item", "UPDATE item SET title = 'y'");
        assertThat(recorder.next().difference().changed()).hasSize(10_000);
        assertThat(recorder.calls()).isEqualTo(3);
    }

    @Test
    void burstOfTenThousandCommitsEndsWithTheLastInOrder() throws Exception {
        Recorder<Long> recorder = subscribe(HEAD);
        assertThat(recorder.next().rows()).containsExactly(0L);
        for (int commit = 0; commit < 10_000; commit++) {
            commit("tm_replica");
        }
        long last = 0;
        while (last < 10_000) {
            Query.Result<Long> result = recorder.next();
            long head = result.rows().getFirst();
            assertThat(head).isGreaterThan(last);
            assertThat(result.vector().get(new ReplicaId(7)))
                    .as("rows and vector are of one state")
                    .isEqualTo(head);
            last = head;
        }
        System.out.println("SubscriptionHubTest: 10000 commits made " + recorder.calls() + " deliveries");
        assertThat(recorder.hasMore()).isFalse();
    }

    @Test
    void slowSubscriberGetsTheLatestOnlyAndDelaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Recorder<Long> slow = new Recorder<>();
        hub.subscribe(
                HEAD,
                executor,
                result -> {
                    slow.result(result);
                    entered.countDown();
                    await(release);
                },
                slow::error);
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        Recorder<Long> quick = new Recorder<>();
        hub.subscribe(HEAD, Runnable::run, quick::result, quick::error);
        quick.next();
        for (int commit = 0; commit < 1_000; commit++) {
            commit("tm_replica");
        }
        quick.nextThat(result -> result.rows().equals(List.of(1_000L)));
        assertThat(slow.calls()).isEqualTo(1);
        release.countDown();
        slow.nextThat(result -> result.rows().equals(List.of(1_000L)));
        assertThat(slow.calls()).isEqualTo(2);
    }

    @Test
    void nothingIsMissedBetweenFirstQueryAndRegistration() throws Exception {
        for (int round = 0; round < 300; round++) {
            long target = (round + 1) * 5L;
            CountDownLatch start = new CountDownLatch(1);
            Thread writer = Thread.ofVirtual().start(() -> {
                await(start);
                for (int commit = 0; commit < 5; commit++) {
                    commit("tm_replica");
                }
            });
            start.countDown();
            Recorder<Long> recorder = new Recorder<>();
            // Another text each time, so that each has a first query of its own.
            Query<Long> query = Query.of("SELECT head FROM tm_replica WHERE id = 7 AND " + round + " >= 0")
                    .map(row -> row.integer("head"));
            try (var subscription = hub.subscribe(query, executor, recorder::result, recorder::error)) {
                recorder.nextThat(result -> result.rows().equals(List.of(target)));
                assertThat(subscription).isNotNull();
            }
            writer.join();
        }
        assertThat(hub.queries()).isZero();
    }

    @Test
    void firstResultIsNeverOlderThanTheSubscribersOwnCommit() throws Exception {
        Recorder<Long> other = subscribe(HEAD);
        other.next();
        for (long round = 1; round <= 200; round++) {
            commit("tm_replica");
            Recorder<Long> recorder = new Recorder<>();
            try (var subscription = hub.subscribe(HEAD, executor, recorder::result, recorder::error)) {
                assertThat(recorder.next().rows()).containsExactly(round);
                assertThat(subscription).isNotNull();
            }
        }
    }

    @Test
    void differencesLeadFromEachResultToTheNext() throws Exception {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        System.out.println("SubscriptionHubTest.differencesLeadFromEachResultToTheNext seed " + seed);
        Random random = new Random(seed);
        Recorder<Item> recorder = subscribe(ITEMS);
        Recorder<Row> byTitle = subscribe(Query.of("SELECT title, count(*), min(n) FROM item GROUP BY title"));
        for (int round = 0; round < 500; round++) {
            int id = random.nextInt(30);
            String sql = switch (random.nextInt(4)) {
                case 0 -> "DELETE FROM item WHERE id = " + id;
                case 1 -> "UPDATE item SET n = abs(random()) % 50 WHERE id % 3 = " + id % 3;
                case 2 -> "UPDATE item SET title = '" + random.nextInt(5) + "' WHERE id > " + id;
                default -> "INSERT OR REPLACE INTO item VALUES (" + id + ", 'x', " + random.nextInt(50) + ")";
            };
            commit("item", sql);
        }
        commit("item", "DELETE FROM item");
        commit("item", "INSERT INTO item VALUES (1, 'end', 0)");
        // The recorder checks every difference; see there.
        recorder.nextThat(result -> result.rows().equals(List.of(new Item(1, "end", 0))));
        byTitle.nextThat(result -> result.rows().size() == 1
                && "end".equals(result.rows().getFirst().text("title")));
    }

    @Test
    void firstResultIsNeverOlderThanTheSubscribersOwnCommitAmongOthers() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> subscribers = new ArrayList<>();
            for (int index = 0; index < 8; index++) {
                subscribers.add(threads.submit(() -> {
                    for (int round = 0; round < 100; round++) {
                        long own = commitAndGet();
                        Recorder<Long> recorder = new Recorder<>();
                        try (var subscription = hub.subscribe(HEAD, Runnable::run, recorder::result, recorder::error)) {
                            assertThat(recorder.next().rows().getFirst()).isGreaterThanOrEqualTo(own);
                            assertThat(subscription).isNotNull();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> subscriber : subscribers) {
                subscriber.get();
            }
        }
    }

    private long commitAndGet() {
        synchronized (oneAtATime) {
            commit("tm_replica");
            return pool.read(reader -> reader.first(HEAD)).orElseThrow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }
}
