package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices and an encrypted folder, by commands only, with the passphrase in the environment. */
class EncryptedFolderIT {
    private static final String PASSPHRASE = "tide mark under seven wet stones";

    @TempDir
    private Path folder;

    private Path shared;

    private record Ended(int code, String output, String errors) {}

    @BeforeEach
    void setUp() throws IOException, InterruptedException {
        shared = Files.createDirectory(folder.resolve("shared"));
        for (String name : List.of("laptop", "phone")) {
            run(name, "", "config", "set", "sync.folder", shared.toString());
        }
    }

    /** @param passphrase none if empty */
    private Ended run(String name, String passphrase, String... arguments) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                TidemarkProcess.builder(folder.resolve(name), arguments).redirectError(errors.toFile());
        builder.environment().put("TIDEMARK_KEYCHAIN", "off");
        if (!passphrase.isEmpty()) {
            builder.environment().put("TIDEMARK_PASSPHRASE", passphrase);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
    }

    @Test
    void bothDevicesShareWhatNobodyElseCanRead() throws IOException, InterruptedException {
        run("laptop", PASSPHRASE, "add", "Buy milk for the secret party");
        Ended founded = run("laptop", PASSPHRASE, "sync");
        assertThat(founded.code()).as(founded.errors()).isZero();
        assertThat(founded.errors()).contains("Recovery code");
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("milk", PASSPHRASE);
            }
        }

        Ended refused = run("phone", "another passphrase", "sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("does not open the library");
        Ended plain = run("phone", "", "sync");
        assertThat(plain.code()).isEqualTo(1);
        assertThat(plain.errors()).contains("is encrypted");

        Ended joined = run("phone", PASSPHRASE, "sync");
        assertThat(joined.code()).as(joined.errors()).isZero();
        assertThat(joined.errors()).isEmpty();
        assertThat(run("phone", "", "list").output()).contains("Buy milk for the secret party");
    }
}
