package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SerialTaskRunnerTest {
    private final SerialTaskRunner background = SerialTaskRunner.on(Runnable::run, Runnable::run);

    @Test
    void theCallerIsNotifiedOfAnyOutcome() {
        List<Throwable> heard = new ArrayList<>();
        for (Throwable end : List.of(new IllegalStateException("a"), new NoClassDefFoundError("b"))) {
            background.run(
                    () -> {
                        if (end instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) end;
                    },
                    done -> {},
                    heard::add);
            assertThat(heard).last().isSameAs(end);
        }
    }

    @Test
    void closeWaitsNoLongerThanItsLimitForWorkThatHangs() {
        CountDownLatch released = new CountDownLatch(1);
        SerialTaskRunner hanging = SerialTaskRunner.onThread("hanging", Runnable::run);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        hanging.run(
                () -> {
                    released.await();
                    return true;
                },
                done::complete,
                done::completeExceptionally);
        hanging.close(Duration.ofMillis(20));
        assertThat(done).isNotDone();
        released.countDown();
        assertThat(done.join()).isTrue();
    }

    @Test
    void drainWaitsForWhatWasAskedForAlsoAfterTheShutdown() throws InterruptedException {
        List<Integer> done = new CopyOnWriteArrayList<>();
        SerialTaskRunner ending = SerialTaskRunner.onThread("ending", Runnable::run);
        for (int i = 0; i < 100; i++) {
            int number = i;
            ending.run(() -> done.add(number), added -> {}, failure -> {});
        }
        ending.shutdown();
        ending.drain();
        assertThat(done).hasSize(100);
        assertThat(ending.isTerminated()).isTrue();
    }
}
