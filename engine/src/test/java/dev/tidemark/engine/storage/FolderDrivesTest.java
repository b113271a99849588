package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders on real drives that are full, read-only, removed or not mounted, which needs Linux and root, as in CI; and on
 * drives whose operations a preloaded C library makes fail.
 */
@EnabledOnOs(OS.LINUX)
class FolderDrivesTest {
    @TempDir
    static Path aside;

    private static DriveShim shim;

    @TempDir
    Path place;

    private final List<Path> mounted = new ArrayList<>();

    @BeforeAll
    static void compileTheDriveThatRefuses() throws Exception {
        shim = DriveShim.compile(aside);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Path mount(String size) throws Exception {
        Path drive = Files.createDirectory(place.resolve("drive"));
        boolean root = "root".equals(System.getProperty("user.name"));
        Assumptions.assumeTrue(
                root && run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", drive.toString()) == 0,
                "Only root can mount a drive");
        mounted.add(drive);
        return drive;
    }

    private void unplug(Path drive) throws Exception {
        mounted.remove(drive);
        assertThat(run("umount", "--lazy", drive.toString())).isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        for (Path drive : List.copyOf(mounted)) {
            unplug(drive);
        }
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void aFullDriveSaysSoKeepsWhatItHasAndTakesTheFileOnceThereIsRoom() throws Exception {
        Path drive = mount("256k");
        try (RemoteStorage storage = FolderStorage.open(drive)) {
            storage.put("v1/a", bytes(100_000, 1));
            assertThatThrownBy(() -> storage.put("v1/b", bytes(200_000, 2)))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("The file " + drive + "/v1/b cannot be written. The disk is full.");
            assertThatThrownBy(() -> storage.put("v1/a", bytes(200_000, 2))).hasMessageEndingWith("The disk is full.");
            assertThat(storage.get("v1/a")).isEqualTo(bytes(100_000, 1));
            try (var files = Files.list(drive.resolve("v1"))) {
                assertThat(files).containsExactly(drive.resolve("v1/a"));
            }
            storage.delete("v1/a");
            storage.put("v1/b", bytes(200_000, 2));
            assertThat(storage.get("v1/b")).hasSize(200_000);
        }
    }

    @Test
    void aDriveThatBecomesReadOnlyGoesOnGivingAndSaysThatItTakesNothing() throws Exception {
        Path drive = mount("1m");
        try (RemoteStorage storage = FolderStorage.open(drive)) {
            storage.put("v1/a", bytes(10, 1));
            forgotten(drive.resolve("v1"));
            assertThat(run("mount", "-o", "remount,ro", drive.toString())).isZero();
            assertThat(storage.get("v1/a")).hasSize(10);
            assertThat(storage.list("", null)).as("with what a killed put left").hasSize(1);
            String readOnly = "The drive, the folder or the file is read-only.";
            assertThatThrownBy(() -> storage.put("v1/b", bytes(10, 1)))
                    .hasMessage("The file " + drive + "/v1/b cannot be written. " + readOnly);
            assertThatThrownBy(() -> storage.delete("v1/a"))
                    .hasMessage("The file " + drive + "/v1/a cannot be removed. " + readOnly);
        }
        assertThatThrownBy(() -> FolderStorage.open(drive))
                .hasMessageContaining("may not be written")
                .hasMessageEndingWith(".");
    }

    @Test
    void aStickThatIsPulledOutIsNotAnEmptyFolderAndGoesOnWhenItIsBack() throws Exception {
        Path drive = mount("1m");
        try (RemoteStorage storage = FolderStorage.open(drive)) {
            storage.put("v1/a", bytes(10, 1));
            unplug(drive);
            // The mount point has something of ours, too: somebody synced while the stick was not there.
            Files.createDirectory(drive.resolve("v1"));
            for (Callable<?> request : List.<Callable<?>>of(
                    () -> storage.list("v1/", null),
                    () -> storage.get("v1/a"),
                    () -> put(storage),
                    () -> remove(storage))) {
                assertThatThrownBy(request::call)
                        .isInstanceOf(StorageException.UnreachableException.class)
                        .hasMessage("The folder " + drive
                                + " is no longer the one it was: its drive may have been disconnected or replaced.");
            }
            try (var files = Files.list(drive.resolve("v1"))) {
                assertThat(files).isEmpty();
            }
        }
    }

    private static boolean put(RemoteStorage storage) {
        storage.put("v1/b", bytes(10, 1));
        return true;
    }

    private static boolean remove(RemoteStorage storage) {
        storage.delete("v1/a");
        return true;
    }

    /** Between the look whether it is the same folder and the last of its names. */
    @Proof
    @Test
    void aDriveThatIsUnmountedWhileItIsListedIsNotAnEmptyFolder() throws Exception {
        Path drive = Files.createDirectory(place.resolve("stick"));
        assertThat(shim.ask(drive, DriveShim.SOUND, List.of(), FolderRequest.PUT))
                .isEqualTo("done");
        assertThat(shim.ask(drive, "unmount", List.of(), FolderRequest.LIST))
                .isEqualTo("UnreachableException: The folder " + drive
                        + " is no longer the one it was: its drive may have been disconnected or replaced.");
    }

    @Test
    void aFolderMayBeReachedThroughALinkButIsAnotherWhenTheLinkIsChanged() throws Exception {
        Path first = Files.createDirectory(place.resolve("first"));
        Path second = Files.createDirectory(place.resolve("second"));
        Path link = Files.createSymbolicLink(place.resolve("link"), first);
        try (RemoteStorage storage = FolderStorage.open(link)) {
            storage.put("v1/a", bytes(10, 1));
            assertThat(first.resolve("v1/a")).hasSize(10);
            Files.delete(link);
            Files.createSymbolicLink(link, second);
            assertThatThrownBy(() -> storage.list("", null)).isInstanceOf(StorageException.UnreachableException.class);
        }
    }

    @Test
    void aLinkInPlaceOfAFolderOfOursIsRefusedSinceNobodyWouldSeeWhatLiesBehindIt() throws Exception {
        Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        Path folder = Files.createDirectory(place.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("v1"), elsewhere);
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            assertThatThrownBy(() -> storage.put("v1/a", bytes(10, 1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot be written");
            assertThat(elsewhere).isEmptyDirectory();
        }
    }

    @Test
    void whatICloudHasTakenOffTheDeviceIsThereAndSaidToBeOnlineOnly() throws Exception {
        try (RemoteStorage storage = FolderStorage.open(place)) {
            storage.put("v1/log/a.seg", bytes(10, 1));
            Path file = place.resolve("v1/log/a.seg");
            Path placeholder = Files.write(file.resolveSibling(".a.seg.icloud"), bytes(3, 0));
            assertThat(storage.list("v1/", null)).containsExactly(new RemoteStorage.StoredObject("v1/log/a.seg", 10));
            Files.delete(file);
            assertThat(storage.list("v1/", null)).containsExactly(new RemoteStorage.StoredObject("v1/log/a.seg", 3));
            assertThatThrownBy(() -> storage.get("v1/log/a.seg"))
                    .isExactlyInstanceOf(StorageException.class)
                    .hasMessageContaining("Only its name is on this device.");
            storage.delete("v1/log/a.seg");
            assertThat(placeholder).doesNotExist();
        }
    }

    @Proof
    @Test
    void aFolderInItThatMayNotBeReadIsNamed() throws Exception {
        Files.createDirectories(place.resolve("v1/log"));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(place.resolve("v1/log"), PosixFilePermissions.fromString("---------"));
        try {
            assertThat(refused(DriveShim.SOUND, withoutPrivileges(), FolderRequest.LIST))
                    .isEqualTo("StorageException: The folder " + place
                            + "/v1/log cannot be listed. You may not do that there. Check the permissions.");
        } finally {
            Files.setPosixFilePermissions(place.resolve("v1/log"), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    private static Path forgotten(Path folder) throws IOException {
        Path left = Files.writeString(folder.resolve(FolderStorage.TEMPORARY_PREFIX + "1.tmp"), "half");
        return Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    }

    @Proof
    @Test
    void whatAnotherUserLeftAndThisOneMayNotRemoveKeepsNobodyFromListing() throws Exception {
        Path theirs = Files.createDirectories(place.resolve("v1/log"));
        Path left = forgotten(theirs);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(refused(DriveShim.SOUND, withoutPrivileges(), FolderRequest.LIST))
                    .isEqualTo("done");
            assertThat(left).exists();
        } finally {
            Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    /** What comes before a command, so that permissions count for it. */
    private static List<String> withoutPrivileges() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--")
                : List.of();
    }

    @Proof
    @Test
    void aDriveThatCannotSyncFoldersTakesFilesAllTheSame() throws Exception {
        assertThat(refused("fsync-folder", List.of(), FolderRequest.PUT)).isEqualTo("done");
        assertThat(place.resolve("v1/log/a.seg")).hasBinaryContent(FolderRequest.CONTENT);
    }

    @Proof
    @Test
    void aDriveThatDoesNotRenameOverAFileTakesTheSameAgainAndAnotherInItsPlace() throws Exception {
        Path file = place.resolve("v1/log/a.seg");
        assertThat(refused("rename-over", List.of(), FolderRequest.PUT)).isEqualTo("done");
        assertThat(refused("rename-over", List.of(), FolderRequest.PUT)).isEqualTo("done");
        Files.write(file, new byte[] {9});
        assertThat(refused("rename-over", List.of(), FolderRequest.PUT)).isEqualTo("done");
        assertThat(file).hasBinaryContent(FolderRequest.CONTENT);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Proof
    @Test
    void aBadSectorIsSaidToBeTheDisks() throws Exception {
        refused(DriveShim.SOUND, List.of(), FolderRequest.PUT);
        assertThat(refused("read", List.of(), FolderRequest.GET))
                .isEqualTo("StorageException: The file " + place
                        + "/v1/log/a.seg cannot be read. The disk reported an error.");
    }

    @Proof
    @Test
    void aStaleHandleOfNfsCountsAsOffline() throws Exception {
        refused(DriveShim.SOUND, List.of(), FolderRequest.PUT);
        String lost = " The connection to its drive was lost. See that the drive is connected.";
        assertThat(refused("stale", List.of(), FolderRequest.GET))
                .isEqualTo("UnreachableException: The file " + place + "/v1/log/a.seg cannot be read." + lost);
        assertThat(refused("stale", List.of(), FolderRequest.LIST))
                .isEqualTo("UnreachableException: The folder " + place + "/v1 cannot be listed." + lost);
    }

    @Test
    void aStickThatIsPulledOutInTheMiddleOfAWriteIsAnErrorAndLeavesNoHalfFile() throws Exception {
        assertThat(refused("unplug", List.of(), FolderRequest.PUT))
                .isEqualTo("StorageException: The file " + place
                        + "/v1/log/a.seg cannot be written. The disk reported an error.");
        try (var files = Files.walk(place)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** What a process says of a drive that refuses this. */
    private String refused(String fault, List<String> before, String request) throws Exception {
        return shim.ask(place, fault, before, request);
    }
}
