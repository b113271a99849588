package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes of all devices can be listed, undone and restored. */
class HistoryCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("laptop"), arguments);
    }

    private CommandRun phone(String... arguments) {
        return CommandRun.on(folder.resolve("phone"), arguments);
    }

    private String add(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "add";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return run(all).printed().strip();
    }

    private List<Map<String, Object>> history(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "history";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--json";
        return run(all).objects();
    }

    private void connect() throws IOException {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        run("config", "set", "sync.folder", storage.toString()).printed();
        run("config", "set", "device.name", "Laptop").printed();
        phone("config", "set", "sync.folder", storage.toString()).printed();
        phone("config", "set", "device.name", "Phone").printed();
    }

    @Test
    void theHistoryNamesDeviceActionAndDifferences() throws IOException {
        connect();
        String milk = add("Buy milk", "--list", "Errands", "--tag", "home");
        run("edit", milk, "--title", "Buy oat milk").printed();
        run("sync").printed();
        phone("sync").printed();
        phone("done", milk).printed();
        phone("sync").printed();
        run("sync").printed();
        List<Map<String, Object>> entries = history(milk);
        assertThat(entries).extracting(entry -> entry.get("action")).containsExactly("completed", "changed", "added");
        assertThat(entries).extracting(entry -> entry.get("device")).containsExactly("Phone", "Laptop", "Laptop");
        assertThat(entries.get(1).get("fields"))
                .isEqualTo(List.of(
                        Map.of("field", "title", "before", "Buy milk", "after", "Buy oat milk", "known", true)));
        assertThat(run("history", milk).printed())
                .contains(
                        "Completed “Buy oat milk”", "title: \"Buy milk\" → \"Buy oat milk\"", "tags: empty → \"home\"");
        assertThat(history("--device", "Phone")).hasSize(1);
        assertThat(history("--list", "Errands")).hasSize(3);
        assertThat(history("--action", "added")).hasSize(1);
        assertThat(history("--field", "title")).hasSize(1);
        assertThat(history("--until", "2020-01-01")).isEmpty();
        assertThat(history("--limit", "2")).hasSize(2);
    }

    @Test
    void aChangeOfAnotherDeviceCanBeUndone() throws IOException {
        connect();
        String milk = add("Buy milk", "--body", "Two litres");
        run("sync").printed();
        phone("sync").printed();
        phone("edit", milk, "--title", "Buy wine", "--body", "").printed();
        phone("sync").printed();
        run("sync").printed();
        run("edit", milk, "--title", "Buy red wine").printed();
        String change = String.valueOf(history(milk).get(1).get("change"));
        assertThat(run("history", "undo", change, "--json").object()).containsEntry("undone", "part");
        assertThat(run("show", milk, "--json").object())
                .containsEntry("title", "Buy red wine")
                .containsEntry("body", "Two litres");
        assertThat(run("history", "undo", change, "--json").object()).containsEntry("undone", "nothing");
    }

    @Test
    void aDeletedItemReturnsWithItsTagsWhileOthersMayNeedIt() throws IOException {
        connect();
        String milk = add("Buy milk", "--tag", "home");
        run("sync").printed();
        phone("sync").printed();
        run("purge", milk).printed();
        assertThat(history().getFirst()).containsEntry("action", "deleted").containsEntry("name", "Buy milk");
        String change = String.valueOf(history().getFirst().get("change"));
        assertThat(run("history", "undo", change, "--json").object()).containsEntry("undone", "all");
        assertThat(run("show", milk, "--json").object())
                .containsEntry("title", "Buy milk")
                .containsEntry("tags", List.of("home"));
    }

    @Test
    void anItemIsRestoredAsItWasAfterAChange() {
        String milk = add("Buy milk", "--tag", "home");
        run("edit", milk, "--title", "Buy oat milk", "--tag", "shop").printed();
        run("done", milk).printed();
        run("rm", milk).printed();
        String added = String.valueOf(history(milk).getLast().get("change"));
        assertThat(run("history", "restore", milk, added, "--json").object()).containsEntry("restored", "all");
        assertThat(run("show", milk, "--json").object())
                .containsEntry("title", "Buy milk")
                .containsEntry("done", false)
                .containsEntry("trashed", false)
                .containsEntry("tags", List.of("home"));
        assertThat(run("history", "restore", milk, added).printed()).contains("already");
    }

    @Test
    void unknownChangesAreToldApart() {
        assertThat(run("history", "undo", "yesterday").failure()).contains("yesterday");
        assertThat(run("history", "undo", "0123456789abcdef:1").failure()).contains("0123456789abcdef:1");
        assertThat(run("history", "--device", "Fridge").failure()).contains("Fridge");
        assertThat(run("history", "--limit", "0").failure()).contains("0");
    }

    @Test
    void theChangelogIsPrintedWithTransactionsAndOldValues() {
        String milk = add("Buy milk");
        run("edit", milk, "--title", "Buy oat milk").printed();
        List<Map<String, Object>> updates =
                run("changes", "--kind", "update", "--before", "--json").objects();
        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst()).containsEntry("table", "item").containsEntry("row", milk);
        assertThat(updates.getFirst().get("values").toString()).contains("Buy oat milk");
        assertThat(updates.getFirst().get("before").toString()).contains("Buy milk");
        assertThat(run("changes", "--table", "item", "--from", "2", "--json").objects())
                .hasSize(1);
        assertThat(run("changes", "--newest", "--limit", "1").printed()).contains("update item", "Buy oat milk");
    }

    @Test
    void statisticsCountByDeviceTableAndDay() {
        add("Buy milk", "--tag", "home");
        Map<String, Object> statistics = run("stats", "--days", "--json").object();
        assertThat(statistics).containsEntry("changes", 2);
        assertThat(statistics.get("tables").toString()).contains("table=item", "table=tag");
        assertThat(statistics.get("days"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(run("stats", "--days").printed()).contains("Table item: 1 changes");
    }
}
