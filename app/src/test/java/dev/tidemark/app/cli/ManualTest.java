package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual page has all sections, environment variables and settings. */
class ManualTest {
    /** How the sources write variables that are ours, or that other programs read, too. */
    private static final Pattern VARIABLE =
            Pattern.compile("\"(TIDEMARK_[A-Z0-9_]+|SSL_CERT_FILE|NO_COLOR|XDG_[A-Z]+_(?:HOME|DIR))\"");

    @TempDir
    private Path profile;

    private String page() {
        return CommandRun.on(profile, "manual").printed();
    }

    @Test
    void hasTheSectionsThatPeopleLookForInTheirOrder() {
        assertThat(page().lines().filter(line -> line.startsWith(".SH ")))
                .containsExactly(
                        ".SH NAME",
                        ".SH SYNOPSIS",
                        ".SH DESCRIPTION",
                        ".SH COMMANDS",
                        ".SH EXIT STATUS",
                        ".SH ENVIRONMENT",
                        ".SH FILES");
        assertThat(page()).contains(".B 130\n", ".B ~/.local/share/tidemark/tidemark.db\n");
    }

    @Test
    void namesEachVariableOfTheEnvironmentThatIsRead() throws IOException {
        Set<String> read = variables();
        assertThat(read)
                .contains("TIDEMARK_KEYCHAIN", "SSL_CERT_FILE", "NO_COLOR", "XDG_STATE_HOME", "XDG_RUNTIME_DIR");
        for (Secret secret : Secret.values()) {
            secret.variable().ifPresent(read::add);
        }
        String page = page();
        assertThat(read).allSatisfy(name -> assertThat(page).contains("\n.B " + name + "\n"));
    }

    @Test
    void namesEachSetting() {
        // Lines of the help end after any blank or dash.
        String page = page().replace("\\-", "-").replaceAll("\\s+", "");
        assertThat(Setting.all())
                .allSatisfy(key -> assertThat(page).containsPattern("(Oneof|,)" + Pattern.quote(key.name()) + "[,.]"));
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new TreeSet<>();
        Path root = Path.of(System.getProperty("tidemark.root"));
        for (String module : new String[] {"app", "engine"}) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    // The page itself is no reader.
                    if (!file.endsWith("ManualCommand.java")) {
                        String text = Files.readString(file);
                        VARIABLE.matcher(text).results().forEach(found -> variables.add(found.group(1)));
                    }
                }
            }
        }
        return variables;
    }
}
