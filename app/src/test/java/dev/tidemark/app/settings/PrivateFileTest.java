package dev.tidemark.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no owner's rights of this kind there")
    void onlyItsOwnerMayReadItEvenWhereOthersCouldReadTheFileBefore() throws IOException {
        Path file = Files.writeString(folder.resolve("code.txt"), "an older code");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.write(file, "ABCD-EFGH");

        assertThat(file).hasContent("ABCD-EFGH");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeWrittenLeavesWhatWasThereAndNothingBesideIt() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("code.txt"));
        Files.writeString(inTheWay.resolve("kept"), "kept");

        assertThatThrownBy(() -> PrivateFile.write(inTheWay, "ABCD-EFGH")).isInstanceOf(IOException.class);

        assertThat(inTheWay.resolve("kept")).exists();
        assertThat(folder.toFile().list()).containsExactly("code.txt");
    }
}
