package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.storage.RangedDownload;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Another user of the computer with access to the database's folder can neither read its files nor block a sync. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
class OtherUsersTest extends BlobFixture {
    private static final byte[] PICTURE = bytes(100_000, 1);

    @BeforeEach
    void letOthersIn() throws IOException {
        for (Path each = folder; each.startsWith(Path.of(System.getProperty("java.io.tmpdir"))); each = parent(each)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private void assertClosed() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(file -> !file.equals(folder)).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    /** Whether it succeeds for a user who is not the one that runs the tests. */
    private boolean anotherUser(String... command) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "Only root can be somebody else");
        List<String> whole = Stream.concat(
                        Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
                        Stream.of(command))
                .toList();
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    @Test
    void neitherTheDatabaseNorWhatLiesBesideItIsReadableForOthers() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        syncNow(ann);
        syncNow(bob);
        BlobId id = attach(ann, PICTURE);
        syncNow(ann);
        syncNow(bob);
        fetch(bob, id);
        bob.blobs().save(id, folder.resolve("saved.png"));
        inside(bob).resetToNewLibrary(folder.resolve("bob.db.before"));
        assertThat(folder).isDirectoryContaining("glob:**/ann.db-wal").isDirectoryContaining("glob:**/ann.db-shm");
        assertClosed();
    }

    @Test
    void filesOfAnEncryptedLibraryAreDecryptedForTheirOwnerAlone() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        Secrets anns = passphrase();
        Secrets bobs = passphrase();
        BlobId id = attach(ann, PICTURE);
        new RemoteSession(ann, storage, "", () -> now, anns, ScryptCost.MIN).sync(SyncOptions.DEFAULT);
        RemoteSession bobsSession = new RemoteSession(bob, storage, "", () -> now, bobs, ScryptCost.MIN);
        bobsSession.sync(SyncOptions.DEFAULT);
        bobsSession.downloadBlob(id, bytes -> {});
        assertThat(read(bob, id)).isEqualTo(PICTURE);
        assertClosed();
    }

    @Test
    void whatIsFetchedInPartsIsClosedBeforeItsFirstByteIsThere() throws Exception {
        Path notes = Files.createTempDirectory(folder, "notes");
        RangedDownload.run(folder.resolve("whole"), notes, bytes -> {}, (from, length) -> {
            try {
                assertClosed();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return PICTURE;
        });
        assertClosed();
    }

    @Test
    void anotherUserNeitherReadsTheDatabaseNorHoldsUpASync() throws Exception {
        Database ann = device("ann");
        syncNow(ann);
        Path control = Files.createFile(folder.resolve("control"));
        assertThat(anotherUser("cat", control.toString())).isTrue();
        for (String name : List.of("ann.db", "ann.db-wal", "ann.db.sync-lock")) {
            assertThat(anotherUser("cat", folder.resolve(name).toString()))
                    .as(name)
                    .isFalse();
        }
        // A lock for reading needs no more than the right to read.
        assertThat(anotherUser(
                        "flock", "--shared", folder.resolve("ann.db.sync-lock").toString(), "true"))
                .isFalse();
    }

    @Test
    void filesInASharedFolderHaveTheModeThatTheUserSet() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (FolderStorage through = FolderStorage.open(shared)) {
            Database ann = device("ann");
            attach(ann, PICTURE);
            syncThrough(ann, through);
        }
        var usual = Files.getPosixFilePermissions(Files.createFile(folder.resolve("usual")));
        try (Stream<Path> files = Files.walk(shared)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(usual));
        }
    }
}
