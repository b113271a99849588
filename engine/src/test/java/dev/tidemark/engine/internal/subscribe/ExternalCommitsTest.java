package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.read.PlainDatabase;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExternalCommitsTest {
    private final Object oneAtATime = new Object();
    private static final Query<Long> HEAD =
            Query.of("SELECT head FROM tm_replica WHERE id = 7").map(row -> row.integer("head"));

    @TempDir
    Path folder;

    private final AtomicInteger looks = new AtomicInteger();
    private PlainDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = PlainDatabase.create(folder);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Proof
    @Test
    void changeByAnotherProcessIsDeliveredWithinHalfASecond() throws Exception {
        try (ReadPool pool = database.pool(2);
                SubscriptionHub hub = new SubscriptionHub(pool);
                ExternalCommits commits =
                        new ExternalCommits(this::dataVersion, ExternalCommits.INTERVAL, hub::onExternalCommit);
                ExternalWriter other = ExternalWriter.start("plain", database.file())) {
            Recorder<Long> recorder = new Recorder<>();
            hub.subscribe(HEAD, Runnable::run, recorder::result, recorder::error);
            recorder.next();
            long worst = 0;
            for (long round = 1; round <= 10; round++) {
                other.run("UPDATE tm_replica SET head = head + 1 WHERE id = 7");
                long start = System.nanoTime();
                assertThat(recorder.next().rows()).containsExactly(round);
                worst = Math.max(worst, System.nanoTime() - start);
            }
            System.out.println("ForeignCommitsTest: seen after " + worst / 1_000_000 + " ms at worst");
            assertThat(Duration.ofNanos(worst)).isLessThan(Duration.ofSeconds(5));
            assertThat(commits).isNotNull();
        }
    }

    @Test
    void ownCommitsAreNotTakenForForeignOnes() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(1);
        try (ExternalCommits commits = new ExternalCommits(this::dataVersion, Duration.ofMillis(1), () -> {
            calls.incrementAndGet();
            called.countDown();
        })) {
            int enough = looks.get() + 50;
            while (looks.get() < enough) {
                database.commit();
            }
            assertThat(calls).hasValue(0);
            try (var other = PlainDatabase.connect(database.file());
                    Statement statement = other.createStatement()) {
                statement.execute("UPDATE tm_replica SET head = 1000000");
            }
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            enough = looks.get() + 20;
            while (looks.get() < enough) {
                database.commit();
            }
            assertThat(calls).hasValue(1);
            assertThat(commits).isNotNull();
        }
    }

    @Test
    void commitWhileTheWriterWasBusyIsNoticedAfterwards() throws Exception {
        AtomicInteger busy = new AtomicInteger(20);
        CountDownLatch called = new CountDownLatch(1);
        OptionalLong first = dataVersion();
        try (var other = PlainDatabase.connect(database.file());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE tm_replica SET head = 5");
        }
        AtomicInteger asked = new AtomicInteger();
        try (ExternalCommits commits = new ExternalCommits(
                () -> asked.getAndIncrement() == 0
                        ? first
                        : busy.getAndDecrement() > 0 ? OptionalLong.empty() : dataVersion(),
                Duration.ofMillis(1),
                called::countDown)) {
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(busy.get()).isNegative();
            assertThat(commits).isNotNull();
        }
    }

    @ExpectLog("Commits of other processes cannot be detected")
    @Test
    void failingLookIsSurvived() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(1);
        try (ExternalCommits commits = new ExternalCommits(
                () -> {
                    int time = asked.getAndIncrement();
                    if (time > 0 && time < 5) {
                        throw new IllegalStateException("expected in the log, once");
                    }
                    return OptionalLong.of(time == 0 ? 1 : 2);
                },
                Duration.ofMillis(1),
                called::countDown)) {
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(commits).isNotNull();
        }
    }

    private OptionalLong dataVersion() {
        synchronized (oneAtATime) {
            looks.incrementAndGet();
            try (Statement statement = database.writer().createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA data_version")) {
                result.next();
                return OptionalLong.of(result.getLong(1));
            } catch (SQLException exception) {
                throw new IllegalStateException(exception);
            }
        }
    }
}
