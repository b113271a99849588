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

/** Checkpoints are created, listed, compared and restored on each device of a library. */
class CheckpointCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("laptop"), arguments);
    }

    private CommandRun phone(String... arguments) {
        return CommandRun.on(folder.resolve("phone"), arguments);
    }

    private void connect() throws IOException {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        run("config", "set", "sync.folder", storage.toString()).printed();
        run("config", "set", "device.name", "Laptop").printed();
        phone("config", "set", "sync.folder", storage.toString()).printed();
        phone("config", "set", "device.name", "Phone").printed();
    }

    private static int percents(Object shares) {
        return ((List<?>) shares)
                .stream()
                        .mapToInt(share -> (Integer) ((Map<?, ?>) share).get("percent"))
                        .sum();
    }

    @Proof
    @Test
    void theSummaryCountsByDeviceAndListAndEachNamesItsPredecessor() throws IOException {
        connect();
        String milk = run("add", "Buy milk", "--list", "Errands").printed().strip();
        run("add", "Call Bob").printed();
        Map<String, Object> first = run("checkpoint", "make", "First", "--json").object();
        assertThat(first).containsEntry("items", 2).containsEntry("total", 3).containsEntry("predecessor", null);
        assertThat(percents(first.get("devices"))).isEqualTo(100);
        assertThat(percents(first.get("lists"))).isEqualTo(100);
        run("sync").printed();
        phone("sync").printed();
        phone("done", milk).printed();
        phone("edit", milk, "--title", "Buy oat milk").printed();
        phone("add", "Water plants").printed();
        phone("sync").printed();
        run("sync").printed();

        Map<String, Object> second =
                run("checkpoint", "make", "Second", "--json").object();
        assertThat(second).containsEntry("items", 3).containsEntry("predecessor", first.get("id"));
        assertThat((List<?>) second.get("devices")).hasSize(1);
        assertThat(second.get("devices").toString()).contains("Phone", "changes=3", "percent=100");
        assertThat(percents(second.get("lists"))).isEqualTo(100);
        assertThat(run("checkpoint", "show", "Second").printed())
                .contains("Device Phone: 3 (100 %)", "List Errands: 2 (67 %)");

        Map<String, Object> empty = run("checkpoint", "make", "Third", "--json").object();
        assertThat(empty.get("devices").toString()).contains("Laptop", "changes=0", "percent=100");
        assertThat(percents(empty.get("lists"))).isEqualTo(100);
        assertThat(empty).containsEntry("predecessor", second.get("id"));
    }

    @Test
    void aSecondDeviceSeesRenamesAndDeletesThem() throws IOException {
        connect();
        run("add", "Buy milk").printed();
        run("checkpoint", "make", "Spring", "--description", "Before the clean-up")
                .printed();
        run("sync").printed();
        phone("sync").printed();
        assertThat(phone("checkpoint", "show", "Spring").printed()).contains("Laptop", "Before the clean-up", "1 item");
        phone("checkpoint", "rename", "Spring", "Easter").printed();
        phone("sync").printed();
        run("sync").printed();
        assertThat(run("checkpoint", "list", "--json").objects())
                .extracting(each -> each.get("name"))
                .containsExactly("Easter");
        run("checkpoint", "delete", "Easter").printed();
        assertThat(run("checkpoint", "list").printed()).isEmpty();
        assertThat(run("checkpoint", "show", "Easter").failure()).contains("Easter");
        assertThat(run("checkpoint", "make", " ").failure()).contains("name");
    }

    @Test
    void oneListIsBroughtBackWithItsItemsAndNothingElse() {
        String milk = run("add", "Buy milk", "--list", "Errands").printed().strip();
        String call = run("add", "Call Bob").printed().strip();
        run("checkpoint", "make", "Spring").printed();
        run("edit", milk, "--title", "Buy oat milk", "--list", "Home").printed();
        run("edit", call, "--title", "Call Ann").printed();
        run("add", "Added since", "--list", "Errands").printed();
        run("checkpoint", "restore", "Spring", "--list", "Errands").printed();
        assertThat(run("list", "--list", "Errands").printed()).contains("Buy milk", "Added since");
        assertThat(run("list").printed()).contains("Call Ann");
        assertThat(run("checkpoint", "restore", "Spring", "--list", "Home").failure())
                .contains("Home");
    }

    @Proof
    @Test
    void oneOfTheSameNameIsReplacedAndOneThatIsDeletedIsLeftOutOfTheChain() {
        run("add", "Buy milk").printed();
        Map<String, Object> first = run("checkpoint", "make", "A", "--json").object();
        run("checkpoint", "make", "B").printed();
        run("add", "Call Bob").printed();
        run("checkpoint", "make", "C").printed();
        run("checkpoint", "delete", "B").printed();
        assertThat(run("checkpoint", "list", "--json").objects().getFirst())
                .containsEntry("name", "C")
                .containsEntry("predecessor", first.get("id"));
        Map<String, Object> again = run("checkpoint", "make", "A", "--json").object();
        assertThat(again).containsEntry("id", first.get("id")).containsEntry("items", 2);
        assertThat(run("checkpoint", "list", "--json").objects()).hasSize(2);
    }

    @Proof
    @Test
    void theLibraryIsBrowsedComparedAndBroughtBack() throws IOException {
        connect();
        String milk = run("add", "Buy milk", "--list", "Errands", "--tag", "home")
                .printed()
                .strip();
        String bob = run("add", "Call Bob").printed().strip();
        run("checkpoint", "make", "Before").printed();
        run("sync").printed();
        phone("sync").printed();
        phone("edit", milk, "--title", "Buy wine", "--untag", "home", "--tag", "fun")
                .printed();
        phone("purge", bob).printed();
        phone("add", "Water plants").printed();
        phone("sync").printed();
        run("sync").printed();

        assertThat(run("checkpoint", "items", "Before", "--json").objects())
                .extracting(item -> item.get("title"))
                .containsExactlyInAnyOrder("Buy milk", "Call Bob");
        assertThat(run("checkpoint", "compare", "Before", "--json").object())
                .containsEntry("added", 1)
                .containsEntry("changed", 1)
                .containsEntry("removed", 1);
        assertThat(run("checkpoint", "compare", "Before").printed()).contains("+ ", "Water plants", "title");

        run("checkpoint", "restore", "Before", milk).printed();
        assertThat(run("show", milk, "--json").object())
                .containsEntry("title", "Buy milk")
                .containsEntry("tags", List.of("home"));
        assertThat(run("list", "--json").objects()).hasSize(2);

        run("checkpoint", "restore", "Before").printed();
        run("sync").printed();
        phone("sync").printed();
        assertThat(phone("list", "--json").objects())
                .extracting(item -> item.get("title"))
                .containsExactlyInAnyOrder("Buy milk", "Call Bob");
        assertThat(phone("list", "--trash", "--json").objects())
                .extracting(item -> item.get("title"))
                .containsExactly("Water plants");
        assertThat(run("checkpoint", "restore", "Before").printed()).contains("nothing");
    }

    @Test
    void anImportThatChangesSomethingMakesACheckpointBefore() throws IOException {
        run("add", "Buy milk").printed();
        Path file = folder.resolve("items.jsonl");
        run("export", file.toString()).printed();
        run("import", file.toString()).printed();
        assertThat(run("checkpoint", "list").printed()).isEmpty();
        Files.writeString(file, "{\"title\": \"Call Bob\"}\n");
        run("import", file.toString()).printed();
        assertThat(run("checkpoint", "list", "--json").objects())
                .extracting(each -> each.get("name"))
                .containsExactly("Before importing “items.jsonl”");
    }
}
