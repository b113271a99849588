package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryCopierTest extends RemoteLibraryFixture {
    private Database ann;
    private RemoteStorage other;

    @BeforeEach
    void publish() throws IOException {
        ann = device("ann");
        for (int step = 0; step < 5; step++) {
            add(ann, "todo " + step);
            sync(ann);
        }
        other = FolderStorage.open(Files.createDirectory(folder.resolve("other")));
    }

    private Path meanwhile() {
        return folder.resolve("meanwhile");
    }

    private RemoteLibrary.Copy copy() {
        return RemoteLibrary.Copy.copy(storage, other, meanwhile(), progress -> {});
    }

    @Test
    void aNewDeviceGetsEverythingFromTheCopy() {
        RemoteLibrary.Copy copy = copy();
        assertThat(copy.copied()).isEqualTo(names().size()).isEqualTo(copy.objects());
        Database bob = device("bob");
        assertThat(RemoteLibrary.open(bob, other).sync().pulled()).isEqualTo(5);
        assertEqual(ann, bob);
        assertThat(RemoteLibrary.open(ann, other).sync().pushed()).isZero();
    }

    /** It has not been there before, and what lies there under its id is its own. */
    @Test
    void aDeviceThatGoesOnWithTheCopyStaysItselfAndIsHeardThere() {
        Database bob = device("bob");
        sync(bob);
        copy();
        ReplicaId before = ann.replica();
        RemoteLibrary there = RemoteLibrary.open(ann, other);
        there.sync();
        assertThat(ann.replica()).isEqualTo(before);
        add(ann, "in the new place");
        there.sync();
        assertThat(other.list("v1/retired/", null)).isEmpty();
        RemoteLibrary.open(bob, other).sync();
        assertEqual(ann, bob);
        // Others go by the last record, so what it writes here comes after what it has written there.
        String records = "v1/devices/" + before + "/";
        assertThat(other.list(records, null).getLast().name())
                .isGreaterThan(storage.list(records, null).getLast().name());
    }

    @Test
    void aCopyThatEndedEarlyIsTakenUpByTheNext() {
        FailingStorage failing = new FailingStorage(storage);
        failing.failGetsAfter(3);
        assertThatThrownBy(() -> RemoteLibrary.Copy.copy(failing, other, meanwhile(), progress -> {}))
                .isInstanceOf(StorageException.class);
        int there = other.list("", null).size();
        assertThat(there).isBetween(1, names().size() - 1);
        RemoteLibrary.Copy rest = copy();
        assertThat(rest.copied()).isEqualTo(names().size() - there);
        assertThat(rest.objects()).isEqualTo(names().size());
        assertThat(copy().copied()).isZero();
        assertThat(other.list("", null)).isEqualTo(storage.list("", null));
    }

    @Test
    void theFileThatNamesTheLibraryIsThereFirstAndDevicesSayLast() {
        FailingStorage failing = new FailingStorage(storage);
        failing.failGetsAfter(1);
        assertThatThrownBy(() -> RemoteLibrary.Copy.copy(failing, other, meanwhile(), progress -> {}))
                .isInstanceOf(StorageException.class);
        assertThat(other.list("", null))
                .singleElement()
                .satisfies(object -> assertThat(object.name()).startsWith("v1/library/"));
    }

    /** A device that reads that another one is retired must find that, and not only what it has published. */
    @Test
    void whoIsRetiredIsSaidBeforeDevicesSayThatAllIsThere() {
        Database bob = device("bob");
        add(bob, "Bob's own");
        sync(bob);
        sync(ann);
        RemoteLibrary.open(ann, storage).retire(bob.replica(), SyncOptions.DEFAULT);
        List<String> kinds = new ArrayList<>();
        RemoteStorage noting = new OverridableStorage(other) {
            @Override
            public void put(String name, byte[] content) {
                super.put(name, content);
                String kind = name.split("/")[1];
                // Those of one kind are put side by side.
                synchronized (kinds) {
                    if (kinds.isEmpty() || !kinds.getLast().equals(kind)) {
                        kinds.add(kind);
                    }
                }
            }
        };
        RemoteLibrary.Copy.copy(storage, noting, meanwhile(), progress -> {});
        assertThat(kinds).endsWith("retired", "devices").doesNotHaveDuplicates();
    }

    @Test
    void whatIsListedAndCannotBeHadIsNoCopy() {
        String gone = segments().getFirst();
        RemoteStorage incomplete = new OverridableStorage(storage) {
            @Override
            public byte[] get(String name) {
                if (name.equals(gone)) {
                    throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
                }
                return super.get(name);
            }
        };
        assertIncomplete(incomplete, other, 1);
        assertThat(other.list("", null)).hasSize(names().size() - 1);
    }

    @Test
    void whatIsNeverListedInTheNewPlaceIsNoCopy() {
        RemoteStorage lagging = new OverridableStorage(other) {
            @Override
            public List<StoredObject> list(String prefix, String after) {
                return super.list(prefix, after).stream()
                        .filter(object -> !object.name().startsWith("v1/log/"))
                        .toList();
            }
        };
        assertIncomplete(storage, lagging, segments().size());
    }

    private void assertIncomplete(RemoteStorage from, RemoteStorage to, long missing) {
        assertThatThrownBy(() -> RemoteLibrary.Copy.copy(from, to, meanwhile(), progress -> {}))
                .isInstanceOfSatisfying(SyncException.class, refused -> {
                    assertThat(refused.problem()).isEqualTo(Problem.SYNC_COPY_INCOMPLETE);
                    assertThat(refused.arguments()).containsExactly(missing, to.description());
                });
    }

    /** That comes with another copy, or this one would never end. */
    @Test
    void whatDevicesPublishMeanwhileDoesNotMakeACopyFail() {
        AtomicInteger listings = new AtomicInteger();
        RemoteStorage busy = new OverridableStorage(storage) {
            @Override
            public List<StoredObject> list(String prefix, String after) {
                add(ann, "meanwhile " + listings.incrementAndGet());
                sync(ann);
                return super.list(prefix, after);
            }
        };
        RemoteLibrary.Copy copy = RemoteLibrary.Copy.copy(busy, other, meanwhile(), progress -> {});
        assertThat(copy.objects()).isGreaterThan(5);
        assertThat(other.list("", null)).hasSizeLessThan(names().size());
    }

    @Test
    void whatIsLargeIsNeverInMemoryAsAWhole() throws IOException {
        byte[] large = new byte[40 << 20];
        new Random(7).nextBytes(large);
        storage.put("v1/blobs/" + "0a".repeat(32), large);
        RemoteStorage piecemeal = new OverridableStorage(storage) {
            @Override
            public byte[] get(String name) {
                byte[] content = super.get(name);
                assertThat(content).hasSizeLessThan(large.length);
                return content;
            }

            @Override
            public void download(String name, Path file, Path notes, LongConsumer progress) {
                progress.accept(0);
                try {
                    Files.write(file, storage.get(name));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        RemoteLibrary.Copy.copy(piecemeal, other, meanwhile(), progress -> {});
        assertThat(other.get("v1/blobs/" + "0a".repeat(32))).isEqualTo(large);
        try (Stream<Path> left = Files.list(meanwhile())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void twoLibrariesAreNeverMixed() {
        Database bob = device("bob");
        add(bob, "Bob's own");
        RemoteLibrary.open(bob, other).sync();
        int before = other.list("", null).size();
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.SYNC_COPY_MIXES));
        assertThat(other.list("", null)).hasSize(before);
    }

    @Test
    void whatIsNoLibraryIsNotCopiedAndNothingOntoItself() {
        assertThatThrownBy(() -> RemoteLibrary.Copy.copy(other, storage, meanwhile(), progress -> {}))
                .hasMessageContaining("holds no library");
        assertThatThrownBy(() -> RemoteLibrary.Copy.copy(storage, storage, meanwhile(), progress -> {}))
                .hasMessageContaining("to itself");
    }
}
