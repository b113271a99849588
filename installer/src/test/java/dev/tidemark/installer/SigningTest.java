package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the signer of this test is a shell script")
    void windowsHasBothStartersAndThePackageSignedByTheProgramThatIsNamed() throws IOException {
        Path signer = script("echo \"$1\" >>\"$0.signed\"");
        Path window = Files.writeString(folder.resolve("Tidemark.exe"), "");
        Path commands = Files.writeString(folder.resolve("tidemark-cli.exe"), "");
        Path installer = Files.writeString(folder.resolve("Tidemark-0.1.0.msi"), "");
        assertThat(window.toFile().setReadOnly()).isTrue();
        Signing signing = new Signing(Platform.WINDOWS, Map.of(Signing.SIGNER, signer.toString()));

        signing.signPrograms(folder);
        signing.signPackages(folder);

        assertThat(Files.readAllLines(Path.of(signer + ".signed")))
                .containsExactly(window.toString(), commands.toString(), installer.toString());
        assertThat(window).isWritable();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the signer of this test is a shell script")
    void aSignerThatFailsEndsTheBuild() throws IOException {
        Path signer = script("exit 3");
        Files.writeString(folder.resolve("Tidemark.exe"), "");
        Signing signing = new Signing(Platform.WINDOWS, Map.of(Signing.SIGNER, signer.toString()));

        assertThatThrownBy(() -> signing.signPrograms(folder)).hasMessageContaining("exit code 3");
    }

    @Test
    void nothingIsSignedWhereNobodySaysWithWhat() throws IOException {
        new Signing(Platform.WINDOWS, Map.of()).signPrograms(folder);
        new Signing(Platform.MACOS, Map.of(Signing.IDENTITY, " ")).signPrograms(folder);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void macOsSignsWithTheIdentityThatIsNamed() {
        assertThat(new Signing(Platform.MACOS, Map.of(Signing.IDENTITY, "Ann (A1B2)")).macOptions())
                .containsExactly("--mac-sign", "--mac-signing-key-user-name", "Ann (A1B2)");
    }

    private Path script(String line) throws IOException {
        Path script = Files.writeString(folder.resolve("sign"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
