package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.WindowProcess;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language in the settings of a profile applies to every start, whatever the language of the system. */
@Proof
class LanguageIT {
    @TempDir
    private Path folder;

    @Test
    void commandsAndTheWindowSpeakTheLanguageChosenFromTheNextStart() throws Exception {
        Path profile = folder.resolve("profile");
        assertThat(TidemarkProcess.run(profile, "--help").printed()).contains("Commands:");
        TidemarkProcess.run(profile, "config", "set", "language", "de").printed();
        assertThat(TidemarkProcess.run(profile, "--help").printed()).contains("Befehle:");
        assertThat(TidemarkProcess.run(profile, "show", "ffff").errors())
                .startsWith("Es gibt keinen Eintrag mit der Kennung");
        try (WindowProcess window = new WindowProcess(profile, folder.resolve("errors"))) {
            assertThat(window.text("sync-state")).isEqualTo("Abgleich aus");
        }
    }
}
