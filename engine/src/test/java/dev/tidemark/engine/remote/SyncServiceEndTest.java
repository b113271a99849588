package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.sync.SyncStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two services on one folder with the real timer, and shutting one down. */
class SyncServiceEndTest extends SyncServiceFixture {
    @Test
    void twoServicesOnOneFolderShowEachOthersChangesInTime() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (SyncService anns = SyncService.start(ann, "test");
                SyncService bobs = SyncService.start(bob, "test")) {
            anns.configure(SyncService.Target.folder(shared, INTERVAL));
            bobs.configure(SyncService.Target.folder(shared, INTERVAL));
            add(ann, "from ann");
            add(bob, "from bob");
            CountDownLatch same = new CountDownLatch(1);
            Runnable compare = () -> {
                if (ann.dump().equals(bob.dump()) && ann.dump().contains("from bob")) {
                    same.countDown();
                }
            };
            anns.listen(status -> compare.run());
            bobs.listen(status -> compare.run());
            assertThat(same.await(30, TimeUnit.SECONDS))
                    .as(anns.status() + " " + bobs.status())
                    .isTrue();
        }
    }

    @Test
    void publishesWhatIsLeftBeforeItEnds() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        SyncService anns = SyncService.start(ann, "test");
        anns.configure(SyncService.Target.folder(shared, INTERVAL));
        anns.syncNow().get(30, TimeUnit.SECONDS);
        add(ann, "last words");
        assertThat(anns.finish(Duration.ofSeconds(30))).isTrue();
        RemoteLibrary.open(bob, dev.tidemark.engine.storage.FolderStorage.open(shared))
                .sync();
        assertThat(bob.dump()).isEqualTo(ann.dump());
    }

    /** What is wrong there keeps nothing of ours from going out. */
    @Test
    void publishesWhatIsLeftAlsoWhereAFileOfAnotherDeviceIsBad() throws Exception {
        add(bob, "unreadable");
        RemoteLibrary.open(bob, storage).sync();
        String segment = storage.list("v1/log/", null).getFirst().name();
        storage.put(segment, new byte[] {1, 2, 3});
        SyncService anns = SyncService.start(ann, "test");
        anns.configure(target(() -> storage));
        anns.syncNow().get(30, TimeUnit.SECONDS);
        assertThat(anns.status().state()).isEqualTo(SyncStatus.State.NEEDS_ATTENTION);
        assertThat(anns.status().reason().problem()).isEqualTo(Problem.SYNC_BLOCKED);
        add(ann, "last words");
        assertThat(anns.finish(Duration.ofSeconds(30))).isTrue();
        RemoteLibrary.open(bob, storage).sync();
        assertThat(bob.dump()).contains("last words");
    }

    @Test
    void triesNothingWhereAPersonHasToDecideFirst() throws Exception {
        CountingCalls calls = new CountingCalls(storage);
        SyncService anns = SyncService.start(ann, "test");
        anns.configure(target(() -> calls));
        add(ann, "first words");
        anns.syncNow().get(30, TimeUnit.SECONDS);
        storage.list("", null).forEach(file -> storage.delete(file.name()));
        assertThat(anns.syncNow()).failsWithin(Duration.ofSeconds(30));
        assertThat(anns.status().state()).isEqualTo(SyncStatus.State.NEEDS_ATTENTION);
        int before = calls.lists;
        add(ann, "last words");
        assertThat(anns.finish(Duration.ofSeconds(30))).isFalse();
        assertThat(calls.lists).isEqualTo(before);
    }

    @Test
    void endsInTimeWhereWhatIsLeftCannotBePublished() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SyncService anns = SyncService.start(ann, "test");
        CountingCalls calls = new CountingCalls(storage) {
            @Override
            public void put(String name, byte[] content) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new StorageException(e, Problem.SYNC_INTERRUPTED);
                }
            }
        };
        anns.configure(target(() -> calls));
        add(ann, "last words");
        long start = System.nanoTime();
        assertThat(anns.finish(Duration.ofMillis(300))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
