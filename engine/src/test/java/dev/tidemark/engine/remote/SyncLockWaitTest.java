package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.internal.sync.SyncLock;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for another sync of the same database, in this process or another one, and cancelling the wait. */
class SyncLockWaitTest extends SyncServiceFixture {
    /** Far less than the patience of a sync, and than what closing is given here. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Holds the lock until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (SyncLock lock = SyncLock.acquire(Path.of(arguments[0]), Duration.ZERO, () -> false)) {
            System.out.println("held by " + lock);
            System.in.read();
        }
    }

    private AutoCloseable hold(boolean elsewhere) throws IOException {
        if (!elsewhere) {
            return SyncLock.acquire(ann.file(), Duration.ZERO, () -> false);
        }
        Process process = ChildProcess.of(SyncLockWaitTest.class, List.of(), ann.file())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).startsWith("held");
        return () -> {
            process.outputWriter().close();
            process.waitFor();
        };
    }

    private SyncService waiting() throws InterruptedException {
        SyncService background = SyncService.start(ann, "test");
        CountDownLatch waits = new CountDownLatch(1);
        background.listen(status -> {
            if (status.state() == SyncStatus.State.SYNCING) {
                waits.countDown();
            }
        });
        background.configure(target(() -> storage));
        assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
        return background;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingEndsItAndIsNoFailure(boolean elsewhere) throws Exception {
        try (AutoCloseable other = hold(elsewhere);
                SyncService background = waiting()) {
            assertThat(other).isNotNull();
            CompletableFuture<SyncReport> asked = background.syncNow();
            long end = System.nanoTime() + SOON.toNanos();
            // The one that came by itself waits first.
            while (!asked.isDone()) {
                background.cancel();
                assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(asked.get().cancelled()).isTrue();
            assertThat(background.status().reason()).isNull();
        }
        assertThat(RemoteLibrary.open(ann, storage).sync().isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingEndsIt(boolean elsewhere) throws Exception {
        try (AutoCloseable other = hold(elsewhere)) {
            assertThat(other).isNotNull();
            SyncService background = waiting();
            long begun = System.nanoTime();
            assertThat(background.close(SOON.multipliedBy(2))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    @Test
    void whoeverSyncsOnceIsToldThatItWasInterrupted() throws Exception {
        try (AutoCloseable other = hold(true)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(
                            () -> RemoteLibrary.open(ann, storage).sync(SyncOptions.DEFAULT.cancelledWhen(() -> true)))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            ended -> assertThat(ended.problem()).isEqualTo(Problem.SYNC_INTERRUPTED));
        }
    }
}
