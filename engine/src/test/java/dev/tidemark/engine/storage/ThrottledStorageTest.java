package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.ThrottledStorage.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottledStorageTest extends RemoteStorageContract {
    private static final Delays SHORT =
            new Delays(Duration.ofNanos(2), Duration.ofNanos(3), Duration.ofNanos(4), Duration.ofNanos(5));

    @Override
    protected RemoteStorage create() {
        return new ThrottledStorage(new MemoryStorage(), SHORT);
    }

    @Override
    protected RemoteStorage createAnother() {
        return create();
    }

    @Test
    void eachRequestTakesItsTime() {
        List<Long> passed = new ArrayList<>();
        try (RemoteStorage storage =
                new ThrottledStorage(new MemoryStorage(), SHORT, time -> passed.add(time.toNanos()))) {
            storage.put("a", new byte[] {1});
            storage.get("a");
            storage.list("", null);
            storage.delete("a");
        }
        assertThat(passed).containsExactly(3L, 2L, 4L, 5L);
    }

    @Test
    void timeReallyPasses() {
        Delays delays = new Delays(Duration.ofMillis(40), Duration.ZERO, Duration.ZERO, Duration.ZERO);
        try (RemoteStorage storage = new ThrottledStorage(new MemoryStorage(), delays)) {
            storage.put("a", new byte[] {1});
            long start = System.nanoTime();
            storage.get("a");
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(40).toNanos());
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        try (RemoteStorage storage = new ThrottledStorage(new MemoryStorage(), Delays.FAR_BUCKET)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> storage.list("", null)).isInstanceOf(StorageException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
