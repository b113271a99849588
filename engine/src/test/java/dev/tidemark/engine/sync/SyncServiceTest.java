package dev.tidemark.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageUnreachableException;
import dev.tidemark.engine.sync.SyncStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncServiceTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final MemoryStorage storage = new MemoryStorage();
    private final ManualTimer timer = new ManualTimer();
    private final List<SyncStatus> seen = new ArrayList<>();
    private Database ann;
    private Database bob;
    private SyncService service;

    @BeforeEach
    void open() {
        ann = device("ann");
        bob = device("bob");
        service = SyncService.start(ann, "test", timer, new Random(1));
        service.listen(seen::add);
    }

    @AfterEach
    void close() {
        service.close();
        ann.close();
        bob.close();
    }

    private Database device(String name) {
        return Database.open(
                folder.resolve(name + ".db"),
                SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).named(name));
    }

    private static void add(Database database, String title) {
        database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), title));
    }

    private SyncTarget target(Supplier<RemoteStorage> supplier) {
        return new SyncTarget("memory", supplier, INTERVAL);
    }

    /** As far as an edit needs to be counted, published, and looked at once more. */
    private void settle() {
        timer.pass(Duration.ofSeconds(3));
    }

    @Test
    void isOffWithoutATarget() {
        add(ann, "a");
        settle();
        assertThat(service.status().state()).isEqualTo(State.OFF);
        assertThat(service.status().pending()).isEqualTo(1);
        CompletableFuture<SyncReport> request = service.syncNow();
        settle();
        assertThatThrownBy(request::join).hasCauseInstanceOf(SyncException.class);
    }

    @Test
    void syncsAtOnceWhenConfiguredAndASecondAfterAnEdit() {
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().lastSuccess()).isNotNull();
        add(ann, "a");
        timer.pass(Duration.ofMillis(500));
        assertThat(service.status().pending()).isEqualTo(1);
        settle();
        assertThat(service.status().pending()).isZero();
        RemoteLibrary.open(bob, storage).sync();
        assertThat(bob.dump()).isEqualTo(ann.dump());
        assertThat(seen).extracting(SyncStatus::state).contains(State.SYNCING, State.IDLE);
    }

    @Test
    void editsWithoutPauseArePublishedWithinSeconds() {
        service.configure(target(() -> storage));
        settle();
        for (int step = 0; step < 40; step++) {
            add(ann, "a" + step);
            timer.pass(Duration.ofMillis(300));
        }
        assertThat(service.status().pending()).isLessThan(25);
        long segments = storage.list("v1/log/", null).size();
        assertThat(segments).isBetween(1L, 5L);
    }

    @Test
    void noticesWhatOthersPutWithinTwoSeconds() {
        service.configure(target(() -> storage));
        settle();
        add(bob, "b");
        RemoteLibrary.open(bob, storage).sync();
        timer.pass(Duration.ofSeconds(2));
        assertThat(ann.dump()).isEqualTo(bob.dump());
    }

    @Test
    void waitsLongerWithEachFailureAndRecovers() {
        List<Duration> waits = new ArrayList<>();
        service.configure(target(() -> {
            throw new StorageUnreachableException(Problem.STORAGE_FOLDER_MISSING, "/sync");
        }));
        settle();
        for (int round = 0; round < 6; round++) {
            assertThat(service.status().state()).isEqualTo(State.OFFLINE);
            assertThat(service.status().reason()).hasMessage("The folder /sync is not there.");
            Duration wait = Duration.between(timer.now(), service.status().retryAt());
            waits.add(wait);
            timer.pass(wait);
        }
        assertThat(waits.getFirst()).isLessThan(Duration.ofSeconds(7));
        assertThat(waits.getLast()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80));
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().reason()).isNull();
    }

    @Test
    void otherStorageTroublesAreRetriedAndTold() {
        service.configure(target(() -> {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, Problem.DISK_FULL);
        }));
        settle();
        assertThat(service.status().state()).isEqualTo(State.RETRYING);
        assertThat(service.status().retryAt()).isNotNull();
        assertThat(service.status().lastSuccess()).isNull();
    }

    @Test
    void whatAPersonMustDecideNeedsAttention() {
        service.configure(target(() -> storage));
        settle();
        storage.list("", null).forEach(file -> storage.delete(file.name()));
        settle();
        assertThat(service.status().state()).isEqualTo(State.NEEDS_ATTENTION);
        assertThat(service.status().reason()).hasMessageContaining("is empty");
    }

    @Test
    void syncNowAnswersWithWhatItDid() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        CompletableFuture<SyncReport> request = service.syncNow();
        timer.pass(Duration.ofMillis(1));
        assertThat(request.join().pushed()).isEqualTo(1);
    }

    @Test
    void quietSyncsBecomeRarer() {
        CountingCalls calls = new CountingCalls(storage);
        service.configure(target(() -> calls));
        timer.pass(Duration.ofHours(24));
        assertThat(calls.lists).isLessThan(24 * 60 / 5 / 5);
        assertThat(calls.lists).isGreaterThan(20);
    }

    @Test
    void turningItOffEndsIt() {
        service.configure(target(() -> storage));
        settle();
        service.configure(null);
        settle();
        assertThat(service.status().state()).isEqualTo(State.OFF);
        add(ann, "a");
        settle();
        assertThat(storage.list("v1/log/", null)).isEmpty();
        assertThat(service.status().pending()).isEqualTo(1);
    }

    @Test
    void whatARemoteHasIsNotPendingWhenSyncIsTurnedOff() {
        service.configure(target(() -> storage));
        add(ann, "a");
        settle();
        service.configure(null);
        settle();
        assertThat(service.status().pending()).isZero();
    }

    @Test
    void historyIsThereAfterARestart() {
        service.configure(target(() -> storage));
        add(ann, "a");
        settle();
        RemoteLibrary.open(bob, storage).sync();
        settle();
        SyncHistory history = SyncHistory.of(ann, "memory");
        assertThat(history.lastSuccess()).isNotNull();
        assertThat(history.pending()).isZero();
        assertThat(history.devices()).extracting(Device::name).containsExactly("bob");
    }

    @Test
    void twoServicesOnOneFolderShowEachOthersChangesInTime() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (SyncService anns = SyncService.start(ann, "test");
                SyncService bobs = SyncService.start(bob, "test")) {
            anns.configure(SyncTarget.folder(shared, INTERVAL));
            bobs.configure(SyncTarget.folder(shared, INTERVAL));
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
    void aPausedServiceSyncsOnlyWhenAsked() {
        service.configure(target(() -> storage));
        settle();
        service.pause();
        settle();
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        add(ann, "a");
        timer.pass(Duration.ofHours(3));
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        assertThat(service.status().pending()).isEqualTo(1);
        CompletableFuture<SyncReport> request = service.syncNow();
        settle();
        assertThat(request.join().pushed()).isEqualTo(1);
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        add(ann, "b");
        settle();
        service.resume();
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().pending()).isZero();
    }

    @Test
    void looksForChangesWhenSomebodyAttendsButNotTwiceInTenSeconds() {
        CountingCalls calls = new CountingCalls(storage);
        service.configure(target(() -> calls));
        timer.pass(Duration.ofMinutes(1));
        int before = calls.lists;
        service.attend();
        settle();
        assertThat(calls.lists).isEqualTo(before + 1);
        service.attend();
        settle();
        assertThat(calls.lists).isEqualTo(before + 1);
    }

    @Test
    void tellsChangesAndBytesWhileItRuns() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        settle();
        assertThat(seen)
                .extracting(SyncStatus::progress)
                .filteredOn(progress -> progress != null && progress.phase() == SyncProgress.Phase.PUSHING)
                .last()
                .satisfies(progress -> {
                    assertThat(progress.done()).isEqualTo(1);
                    assertThat(progress.bytes()).isPositive();
                });
    }

    @Test
    void whatIsCancelledIsNoSuccessAndIsTakenUpLater() {
        service.configure(target(() -> storage));
        settle();
        java.time.Instant success = service.status().lastSuccess();
        add(ann, "a");
        timer.pass(Duration.ofMillis(500));
        service.listen(status -> {
            if (status.state() == State.SYNCING) {
                service.cancel();
            }
        });
        settle();
        assertThat(service.status().pending()).isEqualTo(1);
        assertThat(service.status().lastSuccess()).isEqualTo(success);
        assertThat(service.status().lastReport().isComplete()).isFalse();
    }

    @Test
    void anotherActionIsServedInItsTurnAndAnswersLikeASync() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        CompletableFuture<SyncReport> first = service.syncNow();
        CompletableFuture<SyncReport> action = service.run(RemoteLibrary::sync);
        CompletableFuture<SyncReport> last = service.syncNow();
        settle();
        assertThat(first.join().pushed()).isEqualTo(1);
        assertThat(action.join().pushed()).isZero();
        assertThat(last.join().isComplete()).isTrue();
    }

    @Test
    void publishesWhatIsLeftBeforeItEnds() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        SyncService anns = SyncService.start(ann, "test");
        anns.configure(SyncTarget.folder(shared, INTERVAL));
        anns.syncNow().get(30, TimeUnit.SECONDS);
        add(ann, "last words");
        assertThat(anns.finish(Duration.ofSeconds(30))).isTrue();
        RemoteLibrary.open(bob, dev.tidemark.engine.storage.FolderStorage.open(shared))
                .sync();
        assertThat(bob.dump()).isEqualTo(ann.dump());
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

    /** Does not say at no cost what has changed. */
    private static class CountingCalls implements RemoteStorage {
        private final RemoteStorage storage;
        private int lists;

        CountingCalls(RemoteStorage storage) {
            this.storage = storage;
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            lists++;
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            return storage.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
            storage.put(name, content);
        }

        @Override
        public void delete(String name) {
            storage.delete(name);
        }

        @Override
        public String description() {
            return storage.description();
        }

        @Override
        public void close() {}
    }
}
