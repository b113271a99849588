package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.importing.format.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands import exports of other programs; {@code src/test/resources/import/README.md} has their sources. */
class ImportSamplesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/import");

    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("profile"), arguments);
    }

    private Map<String, Object> imported(Path sample) {
        Map<String, Object> planned =
                run("import", sample.toString(), "--dry-run", "--json").object();
        assertThat(planned).containsEntry("dryRun", true);
        Map<String, Object> first = run("import", sample.toString(), "--json").object();
        assertThat(first).containsEntry("added", first.get("items")).containsEntry("items", planned.get("items"));
        String dump = run("dump").printed();
        assertThat(run("import", sample.toString(), "--json").object())
                .as("a repeated import changes nothing")
                .containsEntry("added", 0)
                .containsEntry("changed", 0);
        assertThat(run("dump").printed()).isEqualTo(dump);
        return first;
    }

    private Map<Object, Map<String, Object>> items() {
        return run("export", "-").objects().stream().collect(Collectors.toMap(item -> item.get("title"), item -> item));
    }

    private static List<String> unmapped(Map<String, Object> result) {
        return ((List<?>) result.get("unmapped"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> each.get("reason") + " " + each.get("detail"))
                        .toList();
    }

    private void assertJoplin(Map<String, Object> result) {
        assertThat(result).containsEntry("items", 3).containsEntry("attachments", 1);
        assertThat(unmapped(result)).containsExactly("link 95c9312697434de5b5e4b0d4e5f8dba3");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("test"))
                .containsEntry("kind", "note")
                .containsEntry("body", "test")
                .containsEntry("list", "daf")
                .containsEntry("createdAt", "2024-08-27T05:40:21.569Z");
        assertThat(items.get("Pay the rent"))
                .containsEntry("kind", "todo")
                .containsEntry("done", true)
                .containsEntry("list", "daf/Flat")
                .containsEntry("tags", List.of("home"))
                .containsEntry(
                        "body",
                        "See ![the bill](the%20bill.png) and [test](:/95c9312697434de5b5e4b0d4e5f8dba3).\n\n"
                                + "key: value\n\nLast line");
        String id = String.valueOf(items.get("Pay the rent").get("id"));
        assertThat(run("attachments", id, "--json").objects())
                .extracting(attachment -> attachment.get("name"))
                .containsExactly("the bill.png");
    }

    @Test
    void joplinFolder() {
        assertJoplin(imported(SAMPLES.resolve("joplin-raw")));
    }

    @Test
    void joplinArchive() throws IOException {
        Path jex = folder.resolve("notes.jex");
        Files.write(jex, TarWriter.folder(SAMPLES.resolve("joplin-raw")));
        assertJoplin(imported(jex));
    }

    @Test
    void todoistProject() {
        Map<String, Object> result = imported(SAMPLES.resolve("todoist/Flat [2203306141].csv"));
        assertThat(result).containsEntry("format", "todoist").containsEntry("newLists", List.of("Flat"));
        assertThat(unmapped(result))
                .containsExactlyInAnyOrder("subtask ", "field DURATION", "file Todoist", "value at some point");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Buy lamps, small"))
                .containsEntry("list", "Flat")
                .containsEntry("tags", List.of("Kitchen", "shop", "weekend"))
                .containsEntry("due", "2026-10-05T14:30")
                .containsEntry("priority", "medium")
                .containsEntry("body", "For the hall\n\nfirst comment\n\nwith two lines");
        assertThat(items.get("Take the bins out"))
                .containsEntry("priority", "high")
                .containsEntry("repeat", "FREQ=WEEKLY;BYDAY=FR");
        assertThat(items.get("Clean the oven")).containsEntry("priority", "none");
    }

    @Test
    void superProductivityBackup() {
        Map<String, Object> result = imported(SAMPLES.resolve("super-productivity/backup.json"));
        assertThat(result).containsEntry("format", "super-productivity").containsEntry("items", 5);
        assertThat(unmapped(result)).containsExactlyInAnyOrder("subtask ", "field timeEstimate");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Legacy Test - Parent Task With Subtasks"))
                .containsEntry("due", "2024-12-01")
                .containsEntry("list", null)
                .containsEntry("body", "This is a parent task with two subtasks");
        assertThat(items.get("E2E Import Test - Simple Active Task"))
                .containsEntry("list", "House")
                .containsEntry("tags", List.of("garden"))
                .containsEntry("body", "This task has some tracked time\n- [Plan](<https://example.org/plan>)");
        assertThat(items.get("Long done")).containsEntry("done", true);
        assertThat(items.get("Colours")).containsEntry("kind", "note").containsEntry("list", "House");
    }

    @Test
    void googleTasks() {
        Map<String, Object> result = imported(SAMPLES.resolve("google-tasks/Tasks.json"));
        assertThat(result).containsEntry("format", "google-tasks").containsEntry("newLists", List.of("My Tasks"));
        assertThat(unmapped(result)).containsExactly("subtask ");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Plant the tree"))
                .containsEntry("due", "2023-04-19")
                .containsEntry("body", "By the window")
                .containsEntry("createdAt", "2023-04-01T08:00:00Z");
        assertThat(items.get("Dig a hole")).containsEntry("done", true);
    }

    @Test
    void todoTxt() {
        Map<String, Object> result = imported(SAMPLES.resolve("todotxt/todo.txt"));
        assertThat(unmapped(result)).containsExactly("field t");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Thank Mom for the meatballs"))
                .containsEntry("priority", "high")
                .containsEntry("tags", List.of("phone"));
        assertThat(items.get("Call Mom")).containsEntry("done", true).containsEntry("priority", "high");
        assertThat(items.get("Pay the rent"))
                .containsEntry("list", "Home stuff")
                .containsEntry("tags", List.of("Money"))
                .containsEntry("due", "2026-02-01")
                .containsEntry("repeat", "FREQ=MONTHLY");
        assertThat(items).containsKey("Read http://example.org/a:b at 17:30");
    }

    @Test
    void iCalendar() {
        Map<String, Object> result = imported(SAMPLES.resolve("icalendar/tasks.ics"));
        assertThat(unmapped(result)).containsExactlyInAnyOrder("field LOCATION", "value FREQ=HOURLY", "entry VEVENT");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Submit Quebec Income Tax Return for 2006, on time"))
                .containsEntry("list", "Reminders")
                .containsEntry("due", "2007-05-01")
                .containsEntry("reminder", "2007-04-30T23:30")
                .containsEntry("body", "")
                .containsEntry("tags", List.of("FAMILY", "FINANCE"));
        assertThat(items.get("Submit Revised Internet-Draft"))
                .containsEntry("done", true)
                .containsEntry("priority", "high")
                .containsEntry("body", "two\nlines");
    }

    @Test
    void markdownOfOtherPrograms() throws IOException {
        Path notes = Files.createDirectories(folder.resolve("vault/Trips"));
        Files.writeString(notes.resolve("Oslo.md"), "---\ntags: [travel, 'north sea']\nmood: good\n---\n\n# Plan\n");
        Files.writeString(
                notes.resolve("Pack.md"),
                "---\ntitle: Pack the bag\ncompleted?: no\ndue: 2026-05-01 08:00:00Z\ncreated: 2026-01-01 10:00:00Z\n"
                        + "tags:\n  - travel\n---\n\nShoes");
        Files.writeString(folder.resolve("vault/Plain.md"), "Only text");
        Files.writeString(folder.resolve("vault/photo.jpg"), "x");
        Map<String, Object> result = imported(folder.resolve("vault"));
        assertThat(unmapped(result)).containsExactlyInAnyOrder("field mood", "entry .jpg");
        Map<Object, Map<String, Object>> items = items();
        assertThat(items.get("Oslo"))
                .containsEntry("kind", "note")
                .containsEntry("list", "Trips")
                .containsEntry("tags", List.of("north sea", "travel"))
                .containsEntry("body", "# Plan\n");
        assertThat(items.get("Pack the bag"))
                .containsEntry("kind", "todo")
                .containsEntry("due", "2026-05-01T08:00")
                .containsEntry("createdAt", "2026-01-01T10:00:00Z");
        assertThat(items.get("Plain")).containsEntry("list", null).containsEntry("body", "Only text");
    }

    @Test
    void aNewerExportUpdatesTheItemsOfTheOlderOne() throws IOException {
        Path tasks = folder.resolve("Tasks.json");
        String text = Files.readString(SAMPLES.resolve("google-tasks/Tasks.json"));
        Files.writeString(tasks, text);
        run("import", tasks.toString()).printed();
        Files.writeString(tasks, text.replace("needsAction", "completed"));
        assertThat(run("import", tasks.toString(), "--json").object())
                .containsEntry("added", 0)
                .containsEntry("changed", 1);
        assertThat(items()).hasSize(2);
        assertThat(items().get("Plant the tree")).containsEntry("done", true);
    }

    @Test
    void aFormatCanBeNamedAlsoForStandardInput() {
        assertThat(CommandRun.with("Milk +Shop", folder.resolve("profile"), "import", "-", "--format", "todotxt")
                        .printed())
                .startsWith("One item imported");
        assertThat(items().get("Milk")).containsEntry("list", "Shop");
        assertThat(run("import", "x", "--format", "word").failure()).contains("x");
        assertThat(CommandRun.with("", folder.resolve("profile"), "import", "-", "--format", "word")
                        .failure())
                .contains("There is no format word", "joplin-jex");
    }
}
