package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("profile"), arguments);
    }

    @Test
    void getsWhatWasSet() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        run("config", "set", "sync.folder", shared.toString()).printed();
        assertThat(run("config", "get", "sync.folder").printed()).isEqualTo(shared + "\n");
        assertThat(run("config", "get", "sync.target").printed()).isEqualTo("folder\n");
        assertThat(run("config", "get", "sync.url", "--json").object())
                .containsEntry("key", "sync.url")
                .containsEntry("value", "file://" + shared);
    }

    @Test
    void listsEveryKey() {
        assertThat(run("config", "list").printed().lines())
                .map(line -> line.split(" = ", 2)[0])
                .containsExactly(
                        "sync.target",
                        "sync.folder",
                        "sync.url",
                        "sync.s3.access-key",
                        "sync.s3.secret-key",
                        "sync.s3.path-style",
                        "sync.s3.compatibility",
                        "sync.encryption",
                        "sync.passphrase",
                        "sync.interval",
                        "device.name",
                        "theme",
                        "contrast",
                        "text.size",
                        "motion",
                        "list.density",
                        "language",
                        "start.view",
                        "window.close",
                        "backups",
                        "text.merge",
                        "history.retention",
                        "updates.check",
                        "updates.url");
        assertThat(run("config", "list", "--json").objects()).allMatch(object -> object.containsKey("value"));
    }

    @Test
    void announcementsComeOverHttpsOrFromThisMachine() {
        assertThat(run("config", "get", "updates.check").printed()).isEqualTo("off\n");
        for (String address : List.of("https://example.org/tidemark.json", "http://localhost:8080/t.json")) {
            run("config", "set", "updates.url", address).printed();
            assertThat(run("config", "get", "updates.url").printed()).isEqualTo(address + "\n");
        }
        for (String address : List.of(
                "http://example.org/t.json",
                "https://ann:secret@example.org/",
                "file:///etc/passwd",
                "https:",
                "a b")) {
            assertThat(run("config", "set", "updates.url", address).failure()).contains("cannot be the update address");
        }
        run("config", "set", "updates.url", "none").printed();
        assertThat(run("config", "get", "updates.url").printed()).isEqualTo("\n");
    }

    @Test
    void theLanguageIsTheSystemsUntilOneIsChosen() {
        assertThat(run("config", "get", "language").printed()).isEqualTo("system\n");
        run("config", "set", "language", "de").printed();
        assertThat(run("config", "get", "language").printed()).isEqualTo("de\n");
        assertThat(run("config", "set", "language", "fr").failure())
                .isEqualTo("language can be system, en, de, not \"fr\".");
        assertThat(run("config", "get", "language").printed()).isEqualTo("de\n");
        run("config", "set", "language", "none").printed();
        assertThat(run("config", "get", "language").printed()).isEqualTo("system\n");
    }

    @Test
    void refusesWhatIsNotAllowedWithASentence() {
        assertThat(run("config", "set", "theme", "pink").failure())
                .isEqualTo("theme can be system, light, dark, not \"pink\".");
        assertThat(run("config", "get", "them").failure()).contains("There is no setting \"them\"", "device.name");
        assertThat(run("config", "set", "sync.folder", "/absent").failure())
                .isEqualTo("The sync folder /absent is not there. Connect its drive, create it, or choose another"
                        + " folder.");
        assertThat(run("config", "list", "--json").objects().getFirst()).containsEntry("value", "off");
    }

    @Test
    void aSecretIsNeverTakenAsAnArgumentAndNeverPrinted() {
        assertThat(run("config", "set", "sync.s3.secret-key", "hush").failure())
                .contains("tidemark config set sync.s3.secret-key -")
                .doesNotContain("hush");
        assertThat(run("config", "get", "sync.s3.secret-key").printed()).isEmpty();
        assertThat(run("config", "get", "sync.passphrase", "--json").object()).containsEntry("value", null);
        assertThat(CommandRun.with("\n", folder.resolve("profile"), "config", "set", "sync.passphrase", "-")
                        .failure())
                .isEqualTo("The input for sync.passphrase was empty; nothing was changed.");
    }

    @Test
    void theDeviceNameIsThatOfItsChanges() {
        run("config", "set", "device.name", "Laptop").printed();
        String id = run("add", "Buy milk").printed().strip();
        assertThat(run("show", id, "--json").object()).containsEntry("changedBy", "Laptop");
        run("config", "set", "device.name", "Old laptop").printed();
        assertThat(run("show", id, "--json").object()).containsEntry("changedBy", "Old laptop");
    }

    @Test
    void speaksGermanWhereThatIsWantedButNotInJson() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(run("show", "ffff").failure()).isEqualTo("Es gibt keinen Eintrag mit der Kennung „ffff“.");
            assertThat(run("--help").printed()).contains("Befehle:", "Legt eine Aufgabe oder Notiz an");
            assertThat(run("add", "Milch", "--json").object()).containsEntry("kind", "todo");
        } finally {
            Locale.setDefault(before);
        }
    }
}
