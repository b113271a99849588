package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.StorageException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recognises whether a folder is still the same on systems that give folders no ids. */
class KnownFolderTest {
    @TempDir
    Path aside;

    /** Java's own drive without numbers of files and of drives, as on Windows: an archive. */
    @Test
    void whereNothingIsNumberedAFolderIsTheSameAsLongAsItIsThere() throws Exception {
        try (FileSystem archive = FileSystems.newFileSystem(aside.resolve("drive.zip"), Map.of("create", "true"))) {
            Path folder = Files.createDirectory(archive.getPath("/folder"));
            KnownFolder known = new KnownFolder(folder);
            assertThatCode(known::requireSame).doesNotThrowAnyException();
            Files.delete(folder);
            assertThatThrownBy(known::requireSame)
                    .isExactlyInstanceOf(StorageException.UnreachableException.class)
                    .hasMessageContaining("not there any more");
        }
    }

    @Test
    void drivesWithoutANumberAreNeverTheSame() {
        assertThat(KnownFolder.isSameDrive(null, null)).isFalse();
        assertThat(KnownFolder.isSameDrive(null, 7L)).isFalse();
        assertThat(KnownFolder.isSameDrive(7L, null)).isFalse();
        assertThat(KnownFolder.isSameDrive(7L, 8L)).isFalse();
        assertThat(KnownFolder.isSameDrive(7L, 7L)).isTrue();
    }
}
