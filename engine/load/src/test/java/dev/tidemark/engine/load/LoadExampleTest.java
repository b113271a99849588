package dev.tidemark.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation runs with the command in its first lines. */
class LoadExampleTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("tidemark.root"), "docs/examples/LoadTest.java");

    @TempDir
    private Path folder;

    @Proof
    @Test
    void theExampleCountsItsOperations() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmsgpack.universal-buffer=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLE.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("It ends").isTrue();
        assertThat(Files.readString(output)).isEqualTo("100 operations, 0 kinds of failure\n");
        assertThat(process.exitValue()).isZero();
    }
}
