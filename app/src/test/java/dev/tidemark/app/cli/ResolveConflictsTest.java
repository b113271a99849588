package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
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

    @Test
    void allConflictsAreResolvedByOneCommand() {
        String other = run("add", "Milk").printed().strip();
        sync();
        for (String each : List.of(item, other)) {
            run("edit", each, "--title", "Laptop").printed();
            phone("edit", each, "--title", "Phone").printed();
        }
        sync();
        assertThat(run("conflicts", "--json").objects()).hasSize(2);
        String winner = String.valueOf(run("show", item, "--json").object().get("title"));
        assertThat(run("conflicts", "resolve", "--all").misunderstanding()).isNotEmpty();
        assertThat(run("conflicts", "resolve", other, "--all", "--keep").misunderstanding())
                .isNotEmpty();
        assertThat(run("conflicts", "resolve", "--all", "--merge", "--json").object())
                .containsEntry("resolved", 0)
                .containsEntry("open", 2);
        assertThat(run("conflicts", "resolve", "--all", "--use-other", "--json").object())
                .containsEntry("resolved", 2)
                .containsEntry("open", 0);
        sync();
        assertThat(phone("conflicts").printed()).isEmpty();
        assertThat(phone("show", item, "--json").object()).doesNotContainEntry("title", winner);
        assertThat(run("conflicts", "resolve", "--all", "--keep").printed()).isEqualTo("Resolved: 0\n");
    }

    @Proof
    @Test
    void listsOfOneNameOfTwoDevicesAreListedAndJoined() {
        run("add", "Prune the roses", "--list", "Garden").printed();
        phone("add", "Buy seeds", "--list", "garden").printed();
        sync();
        Map<String, Object> line = run("conflicts", "--json").object();
        assertThat(line).containsEntry("field", "name").containsEntry("winner", null);
        assertThat(line.get("duplicate"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("items", 1)
                .containsKeys("of", "device", "at", "name");
        assertThat(phone("conflicts").printed()).contains("has the name of").contains("1 item,");
        run("conflicts", "join", "garden").printed();
        sync();
        assertThat(phone("list", "--list", "Garden", "--json").objects()).hasSize(2);
        assertThat(phone("conflicts").printed()).isEmpty();
        assertThat(run("conflicts", "join", "garden").failure()).contains("garden");
    }
}
