package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest extends RemoteStorageContract {
    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    @Override
    protected RemoteStorage create() {
        return FolderStorage.open(folder);
    }

    @Override
    protected RemoteStorage createAnother() {
        return FolderStorage.open(otherFolder);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> FolderStorage.open(folder.resolve("missing")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("missing is not there");
    }

    /** A sparse file takes nothing on the disk, and a gigabyte in memory. */
    @Test
    void noMoreOfAFileIsReadThanItMayHave() throws Exception {
        Path file = Files.createDirectories(folder.resolve("v1")).resolve("sparse");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (1L << 30) - 1);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (RemoteStorage storage = create()) {
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> storage.get("v1/sparse", 600)).hasMessageContaining("too large");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        }
    }

    @Test
    void foldersThatAreDeeperThanAnyNameAreNotEntered() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("v1/a/a/a/a/a/a/a/a/a"));
        Files.writeString(deep.resolve("file"), "x");
        Files.writeString(folder.resolve("v1/a/file"), "x");
        try (RemoteStorage storage = create()) {
            assertThat(storage.list("", null)).containsExactly(new RemoteStorage.StoredObject("v1/a/file", 1));
        }
    }

    @Test
    void aFolderWithMoreFilesThanAnyLibraryHasIsAnErrorAndNotRead() throws Exception {
        for (int number = 0; number < 4; number++) {
            Files.writeString(folder.resolve("file" + number), "x");
        }
        FolderListing listing = new FolderListing(folder, new NameRange("", null), new HashSet<>(), 3);
        assertThatThrownBy(listing::read)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.STORAGE_LISTING_ENDLESS));
        assertThat(new FolderListing(folder, new NameRange("", null), new HashSet<>(), 4).read())
                .hasSize(4);
    }

    @Test
    void refusesAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> FolderStorage.open(file)).hasMessageContaining("is not a folder");
    }

    @Test
    @Timeout(60)
    void aFileThatIsCutOffWhileItIsCopiedIsNotStored() throws Exception {
        Path file = Files.write(otherFolder.resolve("file"), new byte[20 << 20]);
        try (RemoteStorage storage = create()) {
            assertThatThrownBy(() -> storage.upload("v1/large", file, otherFolder, copied -> {
                        if (copied > 0) {
                            cutOff(file);
                        }
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("has become shorter");
            assertThat(storage.list("", null)).isEmpty();
        }
        assertThat(folder.resolve("v1")).isEmptyDirectory();
    }

    private static void cutOff(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesAFolderThatVanishedForAnErrorAndNotForEmpty() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        try (RemoteStorage storage = FolderStorage.open(mount)) {
            storage.put("v1/a", new byte[] {1});
            Files.move(mount, folder.resolve("elsewhere"));
            assertTroubled(storage, "not there any more");
            Files.createDirectory(mount); // as an unmounted drive leaves it
            assertTroubled(storage, "disconnected or replaced");
            assertThat(mount).isEmptyDirectory();
        }
    }

    /**
     * As drives do that keep no numbers of files: here the folder is another, with the same in it, on the same drive.
     */
    @Test
    void aDriveThatNumbersItsFilesAnewIsStillTheSame() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (RemoteStorage storage = FolderStorage.open(shared)) {
            storage.put("v1/a", new byte[] {1});
            Files.move(shared, folder.resolve("before"));
            Files.createDirectory(shared);
            Files.move(folder.resolve("before/v1"), shared.resolve("v1"));
            assertThat(names(storage.list("v1/", null))).containsExactly("v1/a");
            storage.put("v1/b", new byte[] {2});
            assertThat(storage.get("v1/b")).containsExactly(2);
        }
    }

    private static void assertTroubled(RemoteStorage storage, String sentence) {
        assertThatThrownBy(() -> storage.list("v1/", null))
                .isExactlyInstanceOf(StorageException.UnreachableException.class)
                .hasMessageContaining(sentence);
        assertThatThrownBy(() -> storage.get("v1/a"))
                .isExactlyInstanceOf(StorageException.UnreachableException.class)
                .hasMessageContaining(sentence);
        assertThatThrownBy(() -> storage.put("v1/b", new byte[] {1}))
                .isExactlyInstanceOf(StorageException.UnreachableException.class)
                .hasMessageContaining(sentence);
        assertThatThrownBy(() -> storage.delete("v1/a"))
                .isExactlyInstanceOf(StorageException.UnreachableException.class);
    }

    @Test
    void doesNotSeeWhatFolderToolsLeave() throws Exception {
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            storage.put("v1/log/a-1.seg", new byte[] {1});
            Path log = folder.resolve("v1/log");
            for (String copy : List.of(
                    "a-1 (conflicted copy).seg",
                    "a-1 (Ann's conflicted copy 2026-01-01).seg",
                    "a-1.sync-conflict-20260101-101500-ABCDEFG.seg",
                    "a-1.seg~",
                    "a-1.seg.tmp",
                    "a-1.seg.part",
                    ".a-1.seg.swp",
                    ".~lock.a-1.seg#",
                    "~a-1.seg",
                    "~$a-1.seg",
                    ".syncthing.a-1.seg.tmp",
                    ".nfs000000000012af3400000001",
                    ".smbdelete12345678",
                    ".fuse_hidden0000000100000001",
                    "._a-1.seg",
                    ".a-1.seg.XyZ12",
                    "a-1.seg.!sync",
                    "a-1 (SFConflict ann 2026-01-01).seg",
                    "a-1_conflict-20260101-101500.SEG",
                    "a-1 [Conflict].seg",
                    "a-1 2.seg",
                    "A-1.SEG",
                    "~syncthing~a-1.seg.tmp",
                    "a-1 (1).seg",
                    "a-1-LAPTOP.seg",
                    "a-1.seg.filepart ",
                    "Thumbs.db",
                    "desktop.INI",
                    ".DS_Store")) {
                Files.writeString(log.resolve(copy), "x");
            }
            for (String tools :
                    List.of(".stfolder", ".stversions", ".dropbox.cache", "lost+found", "@eaDir", "#recycle")) {
                Files.createDirectories(folder.resolve(tools + "/v1"));
                Files.writeString(folder.resolve(tools + "/v1/x"), "x");
            }
            assertThat(names(storage.list("", null))).containsExactly("v1/log/a-1.seg");
        }
    }

    @Test
    void leavesNothingVisibleOfAKilledPut() throws Exception {
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            storage.put("v1/a", new byte[] {1});
            Path old =
                    Files.writeString(folder.resolve("v1").resolve(FolderStorage.TEMPORARY_PREFIX + "1.tmp"), "half");
            Path young =
                    Files.writeString(folder.resolve("v1").resolve(FolderStorage.TEMPORARY_PREFIX + "2.tmp"), "half");
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(200_000)));
            assertThat(names(storage.list("", null))).containsExactly("v1/a");
            assertThat(old).doesNotExist();
            assertThat(young).exists();
        }
    }

    @Test
    void doesNotFollowLinksOutOfTheFolder() throws Exception {
        Files.writeString(otherFolder.resolve("secret"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), otherFolder);
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            assertThat(storage.list("", null)).isEmpty();
        } finally {
            Files.delete(link);
        }
    }

    @Test
    @Timeout(20)
    void aPipeOrALinkUnderAnObjectsNameIsNoObject() throws Exception {
        Path blobs = Files.createDirectories(folder.resolve("v1"));
        Path pipe = blobs.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Path link = Files.createSymbolicLink(blobs.resolve("link"), Path.of("/dev/zero"));
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            for (String name : List.of("v1/pipe", "v1/link")) {
                assertThatThrownBy(() -> storage.get(name)).isInstanceOf(StorageException.ObjectMissingException.class);
                assertThatThrownBy(() -> storage.download(
                                name, otherFolder.resolve("got"), otherFolder.resolve("notes"), bytes -> {}))
                        .isInstanceOf(StorageException.ObjectMissingException.class);
            }
        } finally {
            Files.delete(link);
        }
    }

    /** Acceptance 36, with a process that is killed at a random moment. */
    @Proof
    @Test
    void aProcessThatIsKilledWhileItPutsLeavesNothingOrAWholeObject() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process process = dev.tidemark.engine.ChildProcess.of(PutsUntilKilled.class, List.of(), folder)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // It says so after each put: there are some, and another one is under way.
            for (int puts = 0; puts < 3; puts++) {
                assertThat(process.getInputStream().read()).isEqualTo('.');
            }
            process.destroyForcibly().waitFor();
            try (RemoteStorage storage = FolderStorage.open(folder)) {
                List<RemoteStorage.StoredObject> found = storage.list("", null);
                assertThat(found).isNotEmpty();
                for (RemoteStorage.StoredObject object : found) {
                    byte[] content = storage.get(object.name());
                    assertThat(content).hasSize(PutsUntilKilled.SIZE);
                    assertThat(content).containsOnly(content[0]);
                }
            }
        }
    }

    /** Puts objects of one letter each, under few names. */
    static final class PutsUntilKilled {
        static final int SIZE = 4 << 20;

        private PutsUntilKilled() {}

        public static void main(String[] arguments) {
            try (RemoteStorage storage = FolderStorage.open(Path.of(arguments[0]))) {
                for (int number = 0; ; number++) {
                    byte[] content = new byte[SIZE];
                    java.util.Arrays.fill(content, (byte) number);
                    storage.put("v1/object-" + number % 3, content);
                    System.out.print('.');
                    System.out.flush();
                }
            }
        }
    }
}
