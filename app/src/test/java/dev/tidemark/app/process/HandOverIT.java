package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.WindowProcess;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second start of a profile passes its request to the running program, and exits. */
@Proof
class HandOverIT {
    @TempDir
    private Path folder;

    @Test
    void quickAddOpensInTheRunningProgram() throws Exception {
        Path profile = folder.resolve("profile");
        try (WindowProcess window = new WindowProcess(profile, folder.resolve("errors"))) {
            assertThat(window.shows("quick-window")).isFalse();
            TidemarkProcess.run(profile, "quick").printed();
            window.await("the small window is there", () -> window.shows("quick-window"));
            window.ask("click", "quick-add");
            window.ask("type", "Buy milk #shop");
            window.ask("press", "ENTER");
            window.await("it is in the list", () -> window.rows().equals(List.of("Buy milk")));
            assertThat(window.shows("quick-window")).isFalse();
        }
    }

    @Test
    void anExportedFileIsShownInTheRunningProgramAndImportedOnceThePersonSaysSo() throws Exception {
        Path profile = folder.resolve("profile");
        Path file = Files.writeString(folder.resolve("my notes.tidemark"), "{\"title\":\"Buy milk\"}\n");
        try (WindowProcess window = new WindowProcess(profile, folder.resolve("errors"))) {
            TidemarkProcess.run(profile, file.toString()).printed();
            window.await("it says what is in it", () -> window.shows("import-take"));
            assertThat(window.text("import-title")).contains("my notes.tidemark");
            assertThat(window.rows()).isEmpty();
            window.ask("press", "ENTER");
            window.await("it is in the list", () -> window.rows().equals(List.of("Buy milk")));
        }
    }
}
