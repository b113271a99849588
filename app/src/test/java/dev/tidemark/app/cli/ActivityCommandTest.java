package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each device lists the results of its syncs. */
class ActivityCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String device, String... arguments) {
        return CommandRun.on(folder.resolve(device), arguments);
    }

    @Proof
    @Test
    void twoDevicesListWhatTheirSyncsMovedAndFailed() throws IOException {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        for (String device : List.of("laptop", "phone")) {
            run(device, "config", "set", "sync.folder", storage.toString()).printed();
        }
        assertThat(run("laptop", "activity").printed()).isEmpty();
        String milk = run("laptop", "add", "Buy milk").printed().strip();
        run("laptop", "sync").printed();
        run("phone", "sync").printed();
        run("phone", "edit", milk, "--title", "Buy wine").printed();
        run("laptop", "edit", milk, "--title", "Buy oat milk").printed();
        run("phone", "sync").printed();
        run("laptop", "sync").printed();
        run("laptop", "sync").printed();

        List<Map<String, Object>> runs = run("laptop", "activity", "--json").objects();
        assertThat(runs).hasSize(2);
        assertThat(runs.getFirst())
                .containsEntry("pulled", 1)
                .containsEntry("pushed", 1)
                .containsEntry("conflicts", 1)
                .containsEntry("problem", null);
        assertThat(run("laptop", "activity", "--limit", "1").printed())
                .contains("Uploaded 1 change; Downloaded and merged 1 change; 1 new conflict")
                .hasLineCount(1);
        assertThat(run("laptop", "activity", "--limit", "0").misunderstanding()).contains("0");
        assertThat(run("laptop", "status", "--json").object()).containsEntry("storageFailures", List.of());
    }
}
