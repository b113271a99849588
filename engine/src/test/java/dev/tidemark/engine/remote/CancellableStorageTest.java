package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cancels requests from inside the storage, as if another thread did so at that moment. */
class CancellableStorageTest {
    private static final String NAME = "v1/log/a";

    @TempDir
    Path folder;

    private final RunningSync running = new RunningSync();
    private final List<Boolean> interrupted = new ArrayList<>();
    private final RemoteStorage storage = new CancellableStorage(
            new SyncServiceFixture.CountingCalls(new MemoryStorage()) {
                @Override
                public void put(String name, byte[] content) {
                    super.put(name, content);
                    running.cancel();
                    interrupted.add(Thread.currentThread().isInterrupted());
                }

                @Override
                public void delete(String name) {
                    running.cancel();
                    throw new StorageException(Problem.STORAGE_REQUEST_FAILED, Problem.INTERRUPTED);
                }
            },
            running);

    @AfterEach
    void nobodyElseIsEverInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aRequestIsInterruptedAndWhatComesAfterItOnItsThreadIsNot() {
        running.begin();
        storage.put(NAME, new byte[] {1});
        assertThat(interrupted).containsExactly(true);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> storage.get(NAME))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.SYNC_INTERRUPTED));
        running.finish();
        assertThat(storage.get(NAME)).hasSize(1);
    }

    @Test
    void aRequestThatFailsByItSaysSo() {
        running.begin();
        assertThatThrownBy(() -> storage.delete(NAME))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.SYNC_INTERRUPTED));
    }

    @Test
    void outsideOfASyncNothingIsEnded() {
        storage.put(NAME, new byte[] {1});
        assertThat(interrupted).containsExactly(false);
        running.cancel();
        running.begin();
        assertThat(storage.get(NAME)).hasSize(1);
    }

    @Test
    void whoeverIsToldOfProgressIsNotInterrupted() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[] {1});
        running.begin();
        List<Boolean> told = new ArrayList<>();
        assertThatThrownBy(() -> storage.upload(NAME, file, folder, bytes -> {
                    running.cancel();
                    told.add(Thread.currentThread().isInterrupted());
                }))
                .hasMessageContaining("interrupted");
        assertThat(told).containsExactly(false);
    }
}
