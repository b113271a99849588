package dev.tidemark.engine.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blobs on one device. */
class BlobStoreTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    /** What sha256sum says of it. */
    private static final String HELLO_HASH = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private BlobStore store;

    @BeforeEach
    void open() {
        store = new BlobStore(folder.resolve("a.db"), () -> now);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("a.db.blobs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    private BlobId hello() {
        return store.add(new ByteArrayInputStream(HELLO));
    }

    @Test
    void liesUnderTheHashOfItsContentOnce() throws Exception {
        Path file = Files.write(folder.resolve("hello.txt"), HELLO);
        BlobId id = store.add(file);
        assertThat(id.hex()).isEqualTo(HELLO_HASH);
        assertThat(BlobId.of(id.bytes())).isEqualTo(id);
        assertThat(hello()).isEqualTo(id);
        assertThat(files()).containsExactly(HELLO_HASH);
        assertThat(store.size(id)).isEqualTo(6);
        assertThat(store.localUsage()).isEqualTo(new Blobs.LocalUsage(1, 6));
        try (InputStream content = new BlobStore(folder.resolve("a.db"), () -> now).open(id)) {
            assertThat(content.readAllBytes()).isEqualTo(HELLO);
        }
    }

    @Test
    void aDamagedBlobIsNotReadAndRepairedByAddingItAgain() throws Exception {
        BlobId id = hello();
        Files.writeString(folder.resolve("a.db.blobs").resolve(HELLO_HASH), "hullo\n");
        assertThatThrownBy(() -> store.open(id))
                .isInstanceOfSatisfying(
                        BlobException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.BLOB_DAMAGED_HERE));
        Path target = Files.writeString(folder.resolve("target"), "before");
        assertThatThrownBy(() -> store.save(id, target)).isInstanceOf(BlobException.class);
        assertThat(target).hasContent("before");
        hello();
        store.save(id, target);
        assertThat(target).hasBinaryContent(HELLO);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsOnly("a.db.blobs", "target");
        }
    }

    @Test
    @Timeout(20)
    void aPipeIsNotAttachedAndIsNoBlob() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThatThrownBy(() -> store.add(pipe)).hasMessageContaining("is a pipe");
        Files.createDirectories(folder.resolve("a.db.blobs"));
        Files.move(pipe, folder.resolve("a.db.blobs").resolve(HELLO_HASH));
        assertThat(store.isLocal(new BlobId(HELLO_HASH))).isFalse();
        BlobId id = hello();
        assertThat(store.verify(id)).isTrue();
        assertThat(store.size(id)).isEqualTo(6);
    }

    @Test
    void leavesNothingOfAFileThatCannotBeStored() throws Exception {
        InputStream failing = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ < 100_000) {
                    return 1;
                }
                throw new IOException("The stick was pulled out");
            }
        };
        assertThatThrownBy(() -> store.add(failing)).hasMessageContaining("The stick was pulled out");
        assertThatThrownBy(() -> store.add(InputStream.nullInputStream())).hasMessageContaining("empty");
        assertThatThrownBy(() -> store.add(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> store.add(folder.resolve("none"))).hasMessageContaining("There is no file");
        assertThat(files()).isEmpty();
    }

    @Proof
    @Test
    void leavesNothingOfAFileThatIsTooLarge() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Blobs.MAX_BYTES + 1);
            assertThatThrownBy(() -> store.add(large)).hasMessageContaining("larger than 100 MB");
        }
        assertThat(files()).isEmpty();
    }

    @Proof
    @Test
    void aFileOfTheGreatestSizeIsStored() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Blobs.MAX_BYTES);
        }
        assertThat(store.size(store.add(large))).isEqualTo(Blobs.MAX_BYTES);
    }

    @Test
    void removesWhatNothingRefersToButNothingThatWasJustAddedAgain() throws Exception {
        BlobId old = hello();
        BlobId used = store.add(new ByteArrayInputStream(new byte[] {1}));
        BlobId again = store.add(new ByteArrayInputStream(new byte[] {2}));
        Instant added = now;
        now = now.plusSeconds(3_600);
        store.add(new ByteArrayInputStream(new byte[] {2}));
        assertThat(store.remove(List.of(old, used, again), () -> Set.of(used), added.plusSeconds(1)))
                .isEqualTo(1);
        assertThat(store.all()).containsExactlyInAnyOrder(used, again);
    }

    @Test
    void clearsAwayWhatAKilledProgramLeftAWeekAgo() throws Exception {
        hello();
        Path half = Files.writeString(folder.resolve("a.db.blobs/adding-1.tmp"), "half");
        try (TransferFolder transfer = store.transfer("get-1")) {
            Files.writeString(transfer.path().resolve("download"), "half");
        }
        now = Instant.now();
        store.remove(List.of(), Set::of, now);
        assertThat(half).exists();
        now = Instant.now().plusSeconds(8 * 86_400);
        store.remove(List.of(), Set::of, now);
        assertThat(half).doesNotExist();
        assertThat(folder.resolve("a.db.blobs/transfers")).isEmptyDirectory();
    }

    @Test
    void aTransferGoesOnWhereItWasAndTwoAtOnceDoNotMeet() throws Exception {
        Path first;
        try (TransferFolder transfer = store.transfer("get-1")) {
            first = transfer.path();
            Files.writeString(first.resolve("download"), "half");
            Thread other = Thread.ofPlatform().start(() -> {
                try (TransferFolder beside = store.transfer("get-1")) {
                    assertThat(beside.path()).isNotEqualTo(first).isEmptyDirectory();
                    Files.writeString(first.resolve("met"), "no");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            other.join();
            assertThat(first.resolve("met")).exists();
        }
        try (TransferFolder transfer = store.transfer("get-1")) {
            assertThat(transfer.path()).isEqualTo(first);
            assertThat(first.resolve("download")).hasContent("half");
            transfer.markComplete();
        }
        assertThat(first).doesNotExist();
    }
}
