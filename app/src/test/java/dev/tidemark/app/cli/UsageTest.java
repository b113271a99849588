package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error messages for command lines that are not understood, and the ways to show help. */
@ExtendWith(KeptLanguage.class)
class UsageTest {
    @TempDir
    private Path profile;

    private CommandRun run(String line) {
        return CommandRun.on(profile, line.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edit 1 --todo --note | Gib nur eine dieser Optionen an: --todo, --note.",
                "list --json=5 | --json nimmt keinen Wert an.",
                "add x --note=3 | --note nimmt keinen Wert an.",
                "sync --watch=2 | --watch nimmt keinen Wert an.",
                "completion tcsh | Für SHELL sind möglich: bash, zsh, fish.",
                "add | Es fehlt: TITLE.",
                "add x --due | Es fehlt: --due.",
                "list --x | Unbekannte Option --x.",
                "bogus | Unbekannter Befehl „bogus“.",
                "help bogus | Unbekannter Befehl „bogus“.",
                "done a b | Unerwartetes Argument „b“.",
                "list --all --all | --all darf nur einmal angegeben werden.",
                "config | Gib einen Befehl an."
            })
    void whatIsNotUnderstoodIsSaidInGermanThroughout(String line, String sentence) {
        Locale.setDefault(Locale.GERMAN);
        assertThat(run(line).misunderstanding()).startsWith(sentence + " Siehe tidemark ");
    }

    @Test
    void aValueThatIsNotValidIsNamed() {
        Locale.setDefault(Locale.ENGLISH);
        assertThat(CommandRun.on(profile, "bench", "load", "--csv", "no\0file").misunderstanding())
                .contains("file is not a valid value for --csv.");
    }

    @Test
    void helpShowsWhatTheOptionShows() {
        Locale.setDefault(Locale.ENGLISH);
        assertThat(run("help").printed()).isEqualTo(run("--help").printed()).contains("add", "help");
        assertThat(run("help add").printed()).isEqualTo(run("add --help").printed());
        assertThat(run("help remote copy").printed())
                .isEqualTo(run("remote copy --help").printed());
    }

    @Test
    void aTitleMayBeginWithAnAtSign() throws Exception {
        Path file = Files.writeString(profile.resolve("words"), "other");
        String id = CommandRun.on(profile, "add", "@" + file).printed().strip();
        Map<String, Object> item = CommandRun.on(profile, "show", id, "--json").object();
        assertThat(item).containsEntry("title", "@" + file);
    }
}
