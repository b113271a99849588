package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command resolves conflicts on one device, and they are resolved on all. */
class ResolveConflictsTest {
    @TempDir
    private Path folder;

    private String item = "";

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("laptop"), arguments);
    }

    private CommandRun phone(String... arguments) {
        return CommandRun.on(folder.resolve("phone"), arguments);
    }

    @BeforeEach
    void connect() throws IOException {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        run("config", "set", "sync.folder", storage.toString()).printed();
        phone("config", "set", "sync.folder", storage.toString()).printed();
        item = run("add", "Dinner", "--body", "Eight people. Risotto. Tom brings the table.")
                .printed()
                .strip();
        sync();
    }

    private void sync() {
        run("sync").printed();
        phone("sync").printed();
        run("sync").printed();
        phone("sync").printed();
    }

    @Test
    void editsOfDifferentPassagesAreShownTogetherAndAreNoConflict() {
        run("edit", item, "--body", "Nine people. Risotto. Tom brings the table.")
                .printed();
        phone("edit", item, "--body", "Eight people. Lasagne. Tom brings the table.")
                .printed();
        sync();
        assertThat(run("conflicts").printed()).isEmpty();
        for (Map<String, Object> shown : List.of(
                run("show", item, "--json").object(),
                phone("show", item, "--json").object())) {
            assertThat(shown).containsEntry("body", "Nine people. Lasagne. Tom brings the table.");
        }
        run("config", "set", "text.merge", "off").printed();
        assertThat(run("conflicts", "--json").objects()).hasSize(1);
        run("config", "set", "text.merge", "on").printed();
        assertThat(run("conflicts").printed()).isEmpty();
    }

    @Test
    void editsOfDifferentPassagesAreMergedWithTheirAncestor() {
        run("config", "set", "text.merge", "off").printed();
        run("edit", item, "--body", "Nine people. Risotto. Tom brings the table.")
                .printed();
        phone("edit", item, "--body", "Eight people. Lasagne. Tom brings the table.")
                .printed();
        sync();
        assertThat(run("conflicts", "--json").objects()).hasSize(1);
        run("conflicts", "resolve", item.substring(0, 20), "--merge").printed();
        sync();
        assertThat(phone("show", item, "--json").object())
                .containsEntry("body", "Nine people. Lasagne. Tom brings the table.");
        assertThat(phone("conflicts").printed()).isEmpty();
    }

    @Proof
    @Test
    void whatBothChangedIsChosen() {
        run("edit", item, "--title", "Lunch").printed();
        phone("edit", item, "--title", "Breakfast").printed();
        sync();
        String won = String.valueOf(run("show", item, "--json").object().get("title"));
        assertThat(run("conflicts", "resolve", item, "--merge").failure()).contains("title");
        run("conflicts", "resolve", item, "--field", "title", "--use-other").printed();
        sync();
        assertThat(phone("show", item, "--json").object().get("title"))
                .isEqualTo(won.equals("Lunch") ? "Breakfast" : "Lunch");
        assertThat(phone("conflicts").printed()).isEmpty();
        assertThat(run("conflicts", "resolve", item, "--keep").failure()).contains(item);
        assertThat(run("conflicts", "resolve", item).misunderstanding()).isNotEmpty();
    }
}
