package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus.State;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancelling a sync during a request that does not return, with the real timer. */
class SyncServiceCancelTest extends SyncServiceFixture {
    private static final long LIMIT_SECONDS = 30;

    private SyncService background;

    @BeforeEach
    void start() {
        background = SyncService.start(ann, "test");
    }

    @AfterEach
    void end() {
        background.close();
    }

    /** As on a line that is half open: requests for these names do not come back before they are interrupted. */
    private static final class Hanging extends CountingCalls {
        private final CountDownLatch never = new CountDownLatch(1);
        final CountDownLatch reached = new CountDownLatch(1);
        private final Predicate<String> hangs;

        Hanging(RemoteStorage storage, Predicate<String> hangs) {
            super(storage);
            this.hangs = hangs;
        }

        private void pass(String name) {
            if (!hangs.test(name)) {
                return;
            }
            reached.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException(e, Problem.STORAGE_REQUEST_FAILED, Problem.INTERRUPTED);
            }
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            pass(prefix);
            return super.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            pass(name);
            return super.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
            pass(name);
            super.put(name, content);
        }
    }

    private Hanging hanging(Predicate<String> hangs) {
        return new Hanging(storage, hangs);
    }

    private static SyncReport answer(CompletableFuture<SyncReport> asked) throws Exception {
        return asked.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** A sync that came by itself may be the one that hangs first. */
    private SyncReport cancelled(CompletableFuture<SyncReport> asked) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            background.cancel();
            try {
                return asked.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                assertThat(System.nanoTime()).as("still hanging").isLessThan(end);
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private CountDownLatch untilState(State state) {
        CountDownLatch latch = new CountDownLatch(1);
        background.listen(status -> {
            if (status.state() == state) {
                latch.countDown();
            }
        });
        return latch;
    }

    @Test
    void cancellingEndsAListingThatHangsAndIsNoFailure() throws Exception {
        Hanging line = hanging(name -> true);
        background.configure(target(() -> line));
        CompletableFuture<SyncReport> asked = background.syncNow();
        await(line.reached);
        assertThat(cancelled(asked).cancelled()).isTrue();
        assertThat(background.status().state()).isEqualTo(State.IDLE);
        assertThat(background.status().reason()).isNull();
        assertThat(background.status().lastSuccess()).isNull();
    }

    @Test
    void cancellingEndsWhatIsFetchedBesideAndTheNextSyncTakesIt() throws Exception {
        add(bob, "from bob");
        RemoteLibrary.open(bob, storage).sync();
        AtomicBoolean broken = new AtomicBoolean(true);
        Hanging line = hanging(name -> broken.get() && name.startsWith("v1/devices/"));
        background.configure(target(() -> line));
        CompletableFuture<SyncReport> asked = background.syncNow();
        await(line.reached);
        assertThat(cancelled(asked).cancelled()).isTrue();
        broken.set(false);
        assertThat(answer(background.syncNow()).isComplete()).isTrue();
        assertThat(ann.dump()).contains("from bob");
    }

    @Test
    void anotherTargetIsTakenThoughTheOneBeforeHangs() throws Exception {
        Hanging wrong = hanging(name -> name.startsWith("v1/library/"));
        background.configure(target(() -> wrong));
        await(wrong.reached);
        add(ann, "a");
        background.configure(target(() -> storage));
        assertThat(answer(background.syncNow()).isComplete()).isTrue();
        assertThat(storage.list("v1/log/", null)).isNotEmpty();
        assertThat(background.status().pending()).isZero();
    }

    @Test
    void aPauseShowsThoughARequestHangs() throws Exception {
        Hanging line = hanging(name -> true);
        CountDownLatch paused = untilState(State.PAUSED);
        background.configure(target(() -> line));
        await(line.reached);
        background.pause();
        await(paused);
        assertThat(background.status().state()).isEqualTo(State.PAUSED);
    }

    @Test
    void whatWasWrongBeforeStaysSaid() throws Exception {
        AtomicBoolean refused = new AtomicBoolean(true);
        Hanging line = hanging(name -> !refused.get());
        CountDownLatch failed = untilState(State.RETRYING);
        background.configure(target(() -> {
            if (refused.get()) {
                throw new StorageException(Problem.STORAGE_SERVER_BUSY, "example.org:443");
            }
            return line;
        }));
        await(failed);
        refused.set(false);
        CompletableFuture<SyncReport> asked = background.syncNow();
        await(line.reached);
        assertThat(cancelled(asked).cancelled()).isTrue();
        assertThat(background.status().state()).isEqualTo(State.RETRYING);
        assertThat(background.status().reason()).hasMessageContaining("is busy");
        assertThat(background.status().retryAt()).isNotNull();
    }
}
