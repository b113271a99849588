package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.WindowProcess;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at the end of a session: the window loses no typed text and closes the database. */
@Proof
@EnabledOnOs(OS.LINUX)
class TerminatedWindowIT {
    private static final int BY_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void whatWasBeingTypedIsSavedAndSentAndTheDatabaseClosed() throws Exception {
        Path profile = folder.resolve("profile");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        TidemarkProcess.run(profile, "add", "Buy milk").printed();
        TidemarkProcess.run(profile, "config", "set", "sync.folder", shared.toString())
                .printed();
        try (WindowProcess window = new WindowProcess(profile, folder.resolve("errors"))) {
            window.await("the row is there", () -> window.rows().contains("Buy milk"));
            window.ask("select", "Buy milk");
            window.await("it is open", () -> window.shows("detail-title"));
            window.ask("retype", "detail-title", "Buy oat milk");
            window.terminate();
            assertThat(window.exitCode()).isEqualTo(BY_SIGTERM);
        }
        assertThat(profile.resolve("tidemark.db-wal"))
                .as("closed, so its log is gone")
                .doesNotExist();
        assertThat(TidemarkProcess.run(profile, "list").printed())
                .as(Files.readString(profile.resolve("logs/tidemark.log")))
                .contains("Buy oat milk");
        Path other = folder.resolve("other");
        TidemarkProcess.run(other, "config", "set", "sync.folder", shared.toString())
                .printed();
        TidemarkProcess.run(other, "sync").printed();
        assertThat(TidemarkProcess.run(other, "list").printed()).contains("Buy oat milk");
        assertThat(Files.readString(folder.resolve("errors"))).doesNotContain("Exception");
    }
}
