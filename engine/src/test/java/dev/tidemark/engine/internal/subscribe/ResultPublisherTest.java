package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/**
 * A query's results as a reactive stream: back pressure by dropping results, completion, and the rules of reactive
 * streams.
 */
@Timeout(120)
class ResultPublisherTest {
    private static final Query<Long> NUMBERS =
            Query.of("SELECT n FROM item ORDER BY n").map(row -> row.integer("n"));

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(
                folder.resolve("one.db"), ExternalWriter.SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
    }

    @AfterEach
    void close() {
        database.close();
        executor.shutdownNow();
    }

    /** Writes down every signal. */
    private static class Signals implements Flow.Subscriber<Query.Result<Long>> {
        final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            all.add("subscribed");
        }

        @Override
        public void onNext(Query.Result<Long> result) {
            all.add(result);
        }

        @Override
        public void onError(Throwable problem) {
            all.add(problem);
        }

        @Override
        public void onComplete() {
            all.add("complete");
        }

        Object next() throws InterruptedException {
            Object signal = all.poll(20, TimeUnit.SECONDS);
            assertThat(signal).as("a signal").isNotNull();
            return signal;
        }

        @SuppressWarnings("unchecked")
        Query.Result<Long> nextResult() throws InterruptedException {
            Object signal = next();
            assertThat(signal).isInstanceOf(Query.Result.class);
            return (Query.Result<Long>) signal;
        }
    }

    private <S extends Signals> S subscribe(S signals) throws InterruptedException {
        database.publisher(NUMBERS, executor).subscribe(signals);
        assertThat(signals.next()).isEqualTo("subscribed");
        return signals;
    }

    private void insert(long number) {
        database.write(tx -> tx.execute("INSERT INTO item VALUES (?, 'x', ?)", Ids.next(), number));
    }

    /** Returns when a subscriber without limits has been told of this row, and so everybody else could have been. */
    private void awaitDelivery(long number) throws InterruptedException {
        Recorder<Long> recorder = new Recorder<>();
        try (var subscription = database.subscribe(NUMBERS, Runnable::run, recorder::result, recorder::error)) {
            recorder.nextThat(result -> result.rows().contains(number));
            assertThat(subscription).isNotNull();
        }
    }

    @Proof
    @Test
    void theCompatibilityKitOfReactiveStreamsIsContent() {
        TestNG kit = new TestNG(false);
        TestListenerAdapter results = new TestListenerAdapter();
        kit.setTestClasses(new Class<?>[] {ReactiveStreamsRules.class});
        kit.addListener(results);
        kit.setVerbose(0);
        kit.run();
        List<String> failures = new ArrayList<>();
        for (ITestResult failed : results.getFailedTests()) {
            failures.add(failed.getName() + ": " + failed.getThrowable());
        }
        results.getConfigurationFailures().forEach(failed -> failures.add(failed.getName()));
        System.out.println(
                "ResultPublisherTest: rules kept " + results.getPassedTests().size() + ", not applicable "
                        + results.getSkippedTests().size());
        assertThat(failures).isEmpty();
        assertThat(results.getPassedTests()).hasSizeGreaterThanOrEqualTo(19);
    }

    @Test
    void nothingComesUnaskedAndThenTheLatestWithTheDifferenceToWhatWasTaken() throws Exception {
        Signals signals = subscribe(new Signals());
        for (long number = 1; number <= 50; number++) {
            insert(number);
        }
        awaitDelivery(50);
        assertThat(signals.all).isEmpty();
        signals.subscription.request(1);
        Query.Result<Long> first = signals.nextResult();
        assertThat(first.rows()).hasSize(50);
        assertThat(first.difference().added()).hasSize(50);
        for (long number = 51; number <= 60; number++) {
            insert(number);
        }
        awaitDelivery(60);
        assertThat(signals.all).isEmpty();
        signals.subscription.request(2);
        Query.Result<Long> second = signals.nextResult();
        assertThat(second.rows()).hasSize(60);
        assertThat(second.difference().applyTo(first.rows())).isEqualTo(second.rows());
        assertThat(second.difference().added()).hasSize(10);
        insert(61);
        assertThat(signals.nextResult().rows()).hasSize(61);
        insert(62);
        awaitDelivery(62);
        assertThat(signals.all).isEmpty();
    }

    @Test
    void askingAheadOfAChangeWaitsForIt() throws Exception {
        Signals signals = subscribe(new Signals());
        signals.subscription.request(Long.MAX_VALUE);
        signals.subscription.request(Long.MAX_VALUE);
        assertThat(signals.nextResult().rows()).isEmpty();
        for (long number = 1; number <= 20; number++) {
            insert(number);
            assertThat(signals.nextResult().rows()).hasSize((int) number);
        }
    }

    @Test
    void closingTheDatabaseCompletesTheStream() throws Exception {
        Signals signals = subscribe(new Signals());
        signals.subscription.request(1);
        signals.nextResult();
        database.close();
        assertThat(signals.next()).isEqualTo("complete");
        signals.subscription.request(1);
        assertThat(signals.all).isEmpty();
    }

    @Test
    void failingQueryEndsTheStreamWithoutBeingAskedFor() throws Exception {
        Signals signals = new Signals();
        database.publisher(Query.of("SELECT n FROM nowhere").map(row -> 1L), executor)
                .subscribe(signals);
        assertThat(signals.next()).isEqualTo("subscribed");
        assertThat(signals.next()).isInstanceOf(Throwable.class);
        database.close();
        assertThat(signals.all).isEmpty();
    }

    @Test
    void cancelledStreamIsSilentAlsoFromInside() throws Exception {
        CountDownLatch once = new CountDownLatch(1);
        Signals signals = subscribe(new Signals() {
            @Override
            public void onNext(Query.Result<Long> result) {
                super.onNext(result);
                subscription.cancel();
                once.countDown();
            }
        });
        signals.subscription.request(10);
        assertThat(once.await(20, TimeUnit.SECONDS)).isTrue();
        insert(1);
        awaitDelivery(1);
        database.close();
        assertThat(signals.nextResult().rows()).isEmpty();
        assertThat(signals.all).isEmpty();
    }

    @Test
    void subscriberThatThrowsIsCancelledAndReported() throws Exception {
        BlockingQueue<DatabaseEvent> events = new LinkedBlockingQueue<>();
        database.onEvent(Runnable::run, events::add);
        Signals signals = subscribe(new Signals() {
            @Override
            public void onNext(Query.Result<Long> result) {
                throw new IllegalStateException("against rule 2.13");
            }
        });
        signals.subscription.request(10);
        DatabaseEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(((DatabaseEvent.SubscriptionFailed) event).reason()).hasMessage("against rule 2.13");
        insert(1);
        awaitDelivery(1);
        assertThat(signals.all).isEmpty();
    }
}
