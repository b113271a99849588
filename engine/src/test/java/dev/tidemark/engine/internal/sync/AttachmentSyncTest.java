package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attachments between two real databases. */
class AttachmentSyncTest extends BlobFixture {
    private static final byte[] PICTURE = bytes(100_000, 1);

    /** Tells in which order objects are put. */
    private static class Watched extends OverridableStorage {
        final List<String> put = new ArrayList<>();
        final List<String> got = new ArrayList<>();

        Watched(RemoteStorage storage) {
            super(storage);
        }

        @Override
        public void put(String name, byte[] content) {
            super.put(name, content);
            put.add(name);
        }

        @Override
        public byte[] get(String name) {
            got.add(name);
            return super.get(name);
        }
    }

    @Test
    void itIsToldHowManyBytesOfTheFilesThatGoOutHaveArrived() {
        Database ann = device("ann");
        attach(ann, bytes(700_000, 2));
        attach(ann, PICTURE);
        List<SyncStatus.Progress> told = new ArrayList<>();
        session(ann, storage).sync(SyncOptions.DEFAULT.with(progress -> {
            if (progress.phase() == SyncStatus.Progress.Phase.FILES) {
                told.add(progress);
            }
        }));
        assertThat(told).isNotEmpty().allMatch(progress -> progress.total() == 800_000);
        assertThat(told).extracting(SyncStatus.Progress::done).isSorted();
        assertThat(told.getLast().done()).isEqualTo(800_000);
        assertThat(told.getLast().bytes()).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void aFileIsPutBeforeTheChangeThatRefersToItAndFetchedWhenItIsOpened() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncNow(ann);
        syncNow(bob);
        BlobId id = attach(ann, PICTURE);
        Watched watched = new Watched(storage);
        syncThrough(ann, watched);
        assertThat(watched.put.getFirst()).isEqualTo("v1/blobs/" + id);
        assertThat(watched.put).anyMatch(name -> name.startsWith("v1/log/"));
        assertThat(storage.get("v1/blobs/" + id)).isEqualTo(PICTURE);

        Watched bobs = new Watched(storage);
        syncThrough(bob, bobs);
        assertThat(bob.dump()).isEqualTo(ann.dump());
        assertThat(bobs.got).noneMatch(name -> name.startsWith("v1/blobs/"));
        assertThat(bob.blobs().isLocal(id)).isFalse();
        assertThatThrownBy(() -> read(bob, id))
                .isInstanceOf(BlobException.class)
                .hasMessageContaining("not on this");

        fetch(bob, id);
        assertThat(read(bob, id)).isEqualTo(PICTURE);
        fetch(bob, id);
        assertThat(bob.blobs().localUsage().count()).isEqualTo(1);
    }

    @Test
    void thePutFailsAndSoTheChangeIsNotPublished() {
        Database ann = device("ann");
        syncNow(ann);
        BlobId id = attach(ann, PICTURE);
        int segments = segments().size();
        RemoteStorage refusing = new OverridableStorage(storage) {
            @Override
            public void put(String name, byte[] content) {
                if (name.startsWith("v1/blobs/")) {
                    throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "It is full.");
                }
                super.put(name, content);
            }
        };
        assertThatThrownBy(() -> session(ann, refusing).sync(SyncOptions.DEFAULT))
                .isInstanceOf(StorageException.class);
        assertThat(segments()).hasSize(segments);
        syncNow(ann);
        assertThat(segments()).hasSize(segments + 1);
        assertThat(blobs()).containsExactly("v1/blobs/" + id);
    }

    @Test
    void endingTheSyncInTheMiddleOfAFileEndsItWithoutPublishing() {
        Database ann = device("ann");
        syncNow(ann);
        attach(ann, PICTURE);
        int segments = segments().size();
        SyncReport report = session(ann, storage).sync(SyncOptions.DEFAULT.cancelledWhen(() -> true));
        assertThat(report.cancelled()).isTrue();
        assertThat(report.isComplete()).isFalse();
        assertThat(segments()).hasSize(segments);
        assertThat(blobs()).isEmpty();
    }

    @Test
    void twoDevicesAttachTheSameFileAndItIsThereOnce() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncNow(ann);
        syncNow(bob);
        BlobId id = attach(ann, PICTURE);
        assertThat(attach(bob, PICTURE)).isEqualTo(id);
        syncNow(ann);
        Watched bobs = new Watched(storage);
        syncThrough(bob, bobs);
        assertThat(bobs.put).noneMatch(name -> name.startsWith("v1/blobs/"));
        assertThat(blobs()).hasSize(1);
        remove(ann, id);
        syncNow(ann);
        assertThat(read(bob, id)).isEqualTo(PICTURE);
        assertThat(blobs()).hasSize(1);
    }

    /**
     * Acceptance 41 with attachments there: what is listed for them is counted apart, and only when one is published.
     */
    @Test
    void aSyncThatPublishesNoFileAsksForNone() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncNow(ann);
        syncNow(bob);
        attach(ann, PICTURE);
        SyncReport first = syncNow(ann);
        assertThat(first.requests()).isLessThanOrEqualTo(3);
        for (int round = 0; round < 3; round++) {
            syncNow(bob);
            syncNow(ann);
        }
        RemoteSession anns = session(ann, storage);
        SyncReport idle = anns.sync(SyncOptions.DEFAULT);
        assertThat(idle.requests() + idle.maintenanceRequests()).isEqualTo(1);
        add(ann, "a");
        SyncReport push = anns.sync(SyncOptions.DEFAULT);
        assertThat(push.requests() + push.maintenanceRequests()).isEqualTo(2);
        SyncReport pull = syncNow(bob);
        assertThat(pull.requests()).isLessThanOrEqualTo(3);
    }

    @Test
    void aFileThatIsMissingOrDamagedIsSaidAndPutAgainByWhoeverHasIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        BlobId id = attach(ann, PICTURE);
        syncNow(ann);
        syncNow(bob);
        String name = "v1/blobs/" + id;
        for (byte[] found : new byte[][] {null, bytes(100_000, 2), bytes(5, 3)}) {
            if (found == null) {
                storage.delete(name);
            } else {
                storage.put(name, found);
            }
            assertThatThrownBy(() -> fetch(bob, id))
                    .isInstanceOf(BlobException.class)
                    .hasMessageContaining("Sync a device that has the file");
            assertThat(bob.blobs().isLocal(id)).isFalse();
            syncNow(bob);
            syncNow(ann);
            assertThat(storage.get(name)).isEqualTo(PICTURE);
            pass(Duration.ofDays(4));
        }
        fetch(bob, id);
        assertThat(read(bob, id)).isEqualTo(PICTURE);
        Watched quiet = new Watched(storage);
        syncThrough(bob, quiet);
        pass(Duration.ofDays(4));
        syncThrough(ann, quiet);
        assertThat(quiet.put).noneMatch(put -> put.startsWith("v1/blobs/"));
    }

    /** Whoever wants it may not have tried since, and goes on saying so. */
    @Test
    void aDamagedFileIsPutAgainOnceAndNotByEverySync() {
        Database ann = device("ann");
        Database bob = device("bob");
        BlobId id = attach(ann, PICTURE);
        syncNow(ann);
        syncNow(bob);
        String name = "v1/blobs/" + id;
        storage.put(name, bytes(100_000, 2));
        assertThatThrownBy(() -> fetch(bob, id)).isInstanceOf(BlobException.class);
        syncNow(bob);
        Watched line = new Watched(storage);
        syncThrough(ann, line);
        assertThat(storage.get(name)).isEqualTo(PICTURE);
        syncThrough(ann, line);
        assertThat(line.put.stream().filter(name::equals)).hasSize(1);
    }

    @Test
    void whatIsNotOnTheDeviceDoesNotHoldUpItsChanges() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncNow(ann);
        syncNow(bob);
        BlobId id = attach(ann, PICTURE);
        inside(ann).blobs().remove(List.of(id), java.util.Set::of, now.plus(Duration.ofDays(1)));
        syncNow(ann);
        syncNow(bob);
        assertThat(bob.dump()).isEqualTo(ann.dump());
        assertThatThrownBy(() -> fetch(bob, id)).isInstanceOfSatisfying(BlobException.class, failure -> {
            assertThat(failure.problem()).isEqualTo(Problem.BLOB_NOT_THERE);
            assertThat(failure).hasCauseInstanceOf(StorageException.ObjectMissingException.class);
        });
    }

    @Test
    void aWipedStorageGetsThemAgainFromWhoeverHoldsThem() {
        Database ann = device("ann");
        Database bob = device("bob");
        BlobId anns = attach(ann, PICTURE);
        BlobId bobs = attach(bob, bytes(50_000, 7));
        syncNow(ann);
        syncNow(bob);
        syncNow(ann);
        assertThat(blobs()).hasSize(2);
        names().forEach(storage::delete);
        session(ann, storage).startNewEpoch(SyncOptions.DEFAULT);
        assertThat(blobs()).containsExactly("v1/blobs/" + anns);
        session(bob, storage).merge(SyncOptions.DEFAULT);
        assertThat(blobs()).containsExactlyInAnyOrder("v1/blobs/" + anns, "v1/blobs/" + bobs);
        fetch(ann, bobs);
        assertThat(read(ann, bobs)).isEqualTo(bytes(50_000, 7));
    }

    @Test
    void aCopyOfTheStorageHasThemAndWhatItTakesUpIsCounted() {
        Database ann = device("ann");
        BlobId id = attach(ann, PICTURE);
        syncNow(ann);
        StorageUsage use = session(ann, storage).storageUsage();
        assertThat(use.kinds().get(StorageUsage.Kind.ATTACHMENT)).isEqualTo(new StorageUsage.Size(1, PICTURE.length));
        RemoteStorage copy = new OverridableStorage(new MemoryStorage()) {
            @Override
            public String description() {
                return "copy";
            }
        };
        RemoteLibrary.Copy.copy(storage, copy, folder.resolve("meanwhile"), progress -> {});
        assertThat(copy.get("v1/blobs/" + id)).isEqualTo(PICTURE);
    }

    @Proof
    @Test
    void aLargeFileGoesThroughAFolderInPiecesAndADownloadThatBrokeOffGoesOn() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        byte[] large = bytes(20 << 20, 4);
        Database ann = device("ann");
        Database bob = device("bob");
        try (RemoteStorage first = FolderStorage.open(shared)) {
            BlobId id = attach(ann, large);
            syncThrough(ann, first);
            syncThrough(bob, first);
            try (var files = Files.list(shared.resolve("v1/blobs"))) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly(id.hex());
            }
            List<Long> seen = new ArrayList<>();
            assertThatThrownBy(() -> session(bob, first).downloadBlob(id, bytes -> {
                        seen.add(bytes);
                        if (bytes > 10 << 20) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            CountingStorage counted = new CountingStorage(first);
            List<Long> then = new ArrayList<>();
            session(bob, counted).downloadBlob(id, then::add);
            assertThat(seen).startsWith(0L, 8L << 20);
            assertThat(then).startsWith(16L << 20, 20L << 20);
            assertThat(counted.counts().bytesReceived()).isEqualTo(4 << 20);
            assertThat(read(bob, id)).isEqualTo(large);
            try (var left = Files.list(folder.resolve("bob.db.blobs/transfers"))) {
                assertThat(left.filter(Files::isDirectory)).isEmpty();
            }
        }
    }

    @Proof
    @Test
    void whatWasPutTogetherOfTwoObjectsIsFetchedAgain() throws Exception {
        byte[] large = bytes(20 << 20, 5);
        Database ann = device("ann");
        Database bob = device("bob");
        BlobId id = attach(ann, large);
        syncNow(ann);
        storage.put("v1/blobs/" + id, bytes(20 << 20, 6));
        assertThatThrownBy(() -> session(bob, storage).downloadBlob(id, bytes -> {
                    if (bytes > 0) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        storage.put("v1/blobs/" + id, large);
        fetch(bob, id);
        assertThat(read(bob, id)).isEqualTo(large);
    }
}
