package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A completed request of a folder storage survives a power cut: a file is fsynced before it gets its name, and its name
 * and those of its parent folders are fsynced before the request returns.
 */
@EnabledOnOs(OS.LINUX)
class FolderDurabilityTest {
    @TempDir
    static Path aside;

    private static DriveShim shim;

    @TempDir
    Path place;

    @BeforeAll
    static void compile() throws Exception {
        shim = DriveShim.compile(aside);
    }

    private String ask(String fault, String request) throws Exception {
        return shim.ask(place, fault, List.of(), request);
    }

    @ParameterizedTest
    @ValueSource(strings = {FolderRequest.PUT, FolderRequest.UPLOAD})
    void aFileIsDurableBeforeItIsNamedAndEveryNewNameBeforeThePutEnds(String request) throws Exception {
        assertThat(ask(DriveShim.SOUND, request)).isEqualTo("done");
        assertThat(shim.kept())
                .containsExactly(
                        "mkdir v1",
                        "fsync .",
                        "mkdir v1/log",
                        "fsync v1",
                        "fsync v1/log/TEMPORARY",
                        "rename to v1/log/a.seg",
                        "fsync v1/log");
        assertThat(ask(DriveShim.SOUND, request)).isEqualTo("done");
        assertThat(shim.kept())
                .as("the folders are there")
                .containsExactly("fsync v1/log/TEMPORARY", "rename to v1/log/a.seg", "fsync v1/log");
    }

    @Test
    void aRemovedFileStaysRemoved() throws Exception {
        ask(DriveShim.SOUND, FolderRequest.PUT);
        assertThat(ask(DriveShim.SOUND, FolderRequest.DELETE)).isEqualTo("done");
        assertThat(shim.kept()).containsExactly("unlink v1/log/a.seg", "fsync v1/log");
    }

    /** Some drives cannot do it, which is let pass; one that can and fails has perhaps not kept it. */
    @Proof
    @Test
    void aFolderThatFailsToKeepItsNamesIsAnErrorOfThePutAndOfTheRemoval() throws Exception {
        Files.createDirectories(place.resolve("v1/log"));
        assertThat(ask("fsync-folder-fails", FolderRequest.PUT))
                .isEqualTo("StorageException: The file " + place
                        + "/v1/log/a.seg cannot be written. The disk reported an error.");
        assertThat(ask("fsync-folder-fails", FolderRequest.DELETE))
                .isEqualTo("StorageException: The file " + place
                        + "/v1/log/a.seg cannot be removed. The disk reported an error.");
    }

    /** Else somebody who reads meanwhile would find nothing, and who lost power would have lost it. */
    @Test
    void whereRenamingDoesNotReplaceTheSameFileIsNotTakenAway() throws Exception {
        ask(DriveShim.SOUND, FolderRequest.PUT);
        assertThat(ask("rename-over", FolderRequest.PUT)).isEqualTo("done");
        assertThat(shim.kept()).doesNotContain("unlink v1/log/a.seg").contains("unlink v1/log/TEMPORARY");
        Files.write(place.resolve("v1/log/a.seg"), new byte[] {9});
        assertThat(ask("rename-over", FolderRequest.PUT)).isEqualTo("done");
        assertThat(shim.kept())
                .containsExactly(
                        "fsync v1/log/TEMPORARY", "unlink v1/log/a.seg", "rename to v1/log/a.seg", "fsync v1/log");
    }
}
