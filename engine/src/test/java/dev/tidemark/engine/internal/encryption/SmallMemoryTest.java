package dev.tidemark.engine.internal.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key files that need more memory than the process has. */
@Proof
class SmallMemoryTest {
    /** 64 MiB. */
    private static final ScryptCost COST = new ScryptCost(16, 1);

    private static final String PASSPHRASE = "correct horse";

    @TempDir
    Path folder;

    /** Opens the keys in a folder, or seals new ones, and says what came of it. */
    public static void main(String[] arguments) {
        KeyFiles files = KeyFiles.in(FolderStorage.open(Path.of(arguments[0])), COST);
        try {
            if (arguments[1].equals("open")) {
                files.unlock(PASSPHRASE.toCharArray());
            } else {
                files.addPassphrase(KeyFiles.random(Instant.EPOCH), PASSPHRASE.toCharArray());
            }
            System.out.print("done");
        } catch (TidemarkException e) {
            System.out.print(e.getMessage());
        }
    }

    /** The first is less than it takes, the second not enough for anything else beside. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx48m", "-Xmx67m"})
    void keysThatTakeMoreMemoryThanThereIsAreRefusedInASentence(String heap) throws Exception {
        KeyFiles.in(FolderStorage.open(folder), COST)
                .addPassphrase(KeyFiles.random(Instant.EPOCH), PASSPHRASE.toCharArray());
        for (String action : List.of("open", "seal")) {
            Process child = ChildProcess.of(SmallMemoryTest.class, List.of(heap), folder, action)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("64 MB of memory").contains("Enter the recovery code");
            assertThat(child.waitFor()).isZero();
        }
    }
}
