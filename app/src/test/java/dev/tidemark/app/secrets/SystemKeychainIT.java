package dev.tidemark.app.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real keychain in a separate session. */
@Proof
class SystemKeychainIT {
    @TempDir
    Path folder;

    private static void require(String command) throws InterruptedException {
        try {
            new ProcessBuilder(command, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("The command " + command + " is missing; .ci/run installs it", e);
            }
            System.out.println("SKIPPED, nothing is known of keychains: " + command + " is not installed");
            Assumptions.abort(command + " is not installed");
        }
    }

    /** Runs a shell script in a session with an open keychain; {@code $KEYCHAIN} is the program. */
    private String session(String script) throws Exception {
        require("dbus-run-session");
        require("gnome-keyring-daemon");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path file = Files.writeString(
                folder.resolve("session.sh"),
                "set -e\nprintf 'login password' | gnome-keyring-daemon --unlock --components=secrets > /dev/null\n"
                        + "keychain() { '" + java + "' -cp \"$CLASSES\" " + KeychainProgram.class.getName()
                        + " \"$@\"; }\n" + script);
        ProcessBuilder builder = new ProcessBuilder("dbus-run-session", "--", "bash", file.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment()
                .put("CLASSES", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Path output = folder.resolve("output.txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        return said;
    }

    private static List<String> answers(String said) {
        return said.lines().filter(line -> line.startsWith("answer: ")).toList();
    }

    @Test
    void keepsSecretsFromOneProgramToTheNextAndProfilesApart() throws Exception {
        String said = session("""
            keychain /one get passphrase
            keychain /one put passphrase 'korrekt Pferd ä'
            keychain /one put passphrase 'another ä'
            keychain /one get passphrase
            keychain /two get passphrase
            keychain /one remove passphrase
            keychain /one remove passphrase
            keychain /one get passphrase
            """);
        assertThat(answers(said)).containsExactly("answer: none", "answer: another ä", "answer: none", "answer: none");
    }

    @Test
    void withoutAKeychainNothingIsKeptAndThatIsSaid() {
        SystemKeychain off = SystemKeychain.of(folder, Map.of("TIDEMARK_KEYCHAIN", "off"));
        assertThat(off.isAvailable()).isFalse();
        assertThat(off.get(Secret.PASSPHRASE)).isNull();
        assertThatThrownBy(() -> off.put(Secret.PASSPHRASE, new char[] {'x'}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no keychain")
                .hasMessageContaining("TIDEMARK_PASSPHRASE");
        off.remove(Secret.PASSPHRASE);
        assertThat(off.get(Secret.PASSPHRASE)).isNull();
    }
}
