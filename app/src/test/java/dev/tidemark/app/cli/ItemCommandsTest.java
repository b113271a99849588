package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.HarmfulCharacters;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemCommandsTest {
    private static final String[] FIELDS = {
        "id",
        "kind",
        "title",
        "body",
        "done",
        "due",
        "repeat",
        "reminder",
        "dismissed",
        "priority",
        "list",
        "tags",
        "trashed",
        "createdAt",
        "changedAt",
        "changedBy"
    };

    @TempDir
    private Path profile;

    private CommandRun run(String... arguments) {
        return CommandRun.on(profile, arguments);
    }

    private String add(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "add";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return run(all).printed().strip();
    }

    private Map<String, Object> show(String id) {
        return run("show", id, "--json").object();
    }

    @Test
    void addPrintsTheIdOfWhatItJoinedFromItsWords() {
        String id =
                add("Buy", "milk", "#no !syntax", "--due", "2026-12-31", "--list", "Home", "--tag", "b", "--tag", "a");
        assertThat(UUID.fromString(id)).hasToString(id);
        Map<String, Object> item = show(id);
        assertThat(item.keySet()).containsExactly(FIELDS);
        assertThat(item)
                .containsEntry("id", id)
                .containsEntry("kind", "todo")
                .containsEntry("title", "Buy milk #no !syntax")
                .containsEntry("body", "")
                .containsEntry("done", false)
                .containsEntry("due", "2026-12-31")
                .containsEntry("list", "Home")
                .containsEntry("tags", List.of("a", "b"))
                .containsEntry("trashed", false);
        assertThat(Instant.parse((String) item.get("createdAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat(Instant.parse((String) item.get("changedAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat((String) item.get("changedBy")).isNotBlank();
    }

    @Test
    void quickUnderstandsALineAsPeopleTypeIt() {
        run("add", "x", "--list", "Garden shed");
        String id = run("quick", "Paint", "it", "2026-12-31 17:00 #wood !high /garden shed every 2 weeks")
                .printed()
                .strip();
        assertThat(show(id))
                .containsEntry("title", "Paint it")
                .containsEntry("due", "2026-12-31T17:00")
                .containsEntry("repeat", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
                .containsEntry("priority", "high")
                .containsEntry("list", "Garden shed")
                .containsEntry("tags", List.of("wood"));
    }

    @Test
    void whatRepeatsComesAgainWhenItIsDone() {
        String id = add("Water", "--due", "2026-12-31", "--repeat", "FREQ=DAILY", "--priority", "low");
        run("done", id);
        assertThat(run("list", "--json").object())
                .containsEntry("title", "Water")
                .containsEntry("due", "2027-01-01")
                .containsEntry("repeat", "FREQ=DAILY")
                .containsEntry("priority", "low");
        run("done", id, "--undo");
        assertThat(run("list", "--json").object()).containsEntry("id", id);
        run("edit", id, "--due", "2027-02-01", "--priority", "none");
        assertThat(show(id)).containsEntry("repeat", "FREQ=DAILY").containsEntry("priority", "none");
        run("edit", id, "--repeat", "none");
        assertThat(show(id)).containsEntry("due", "2027-02-01").containsEntry("repeat", null);
    }

    @Test
    void aRuleWithoutADateOrOneThatIsNoneIsRefusedAndChangesNothing() {
        assertThat(run("add", "x", "--repeat", "FREQ=DAILY").failure())
                .isEqualTo("A repeating todo needs a date. Set the due date, too.");
        assertThat(run("add", "x", "--due", "2026-12-31", "--repeat", "weekly").failure())
                .startsWith("\"weekly\" is no rule for repeating.");
        assertThat(run("add", "x", "--priority", "urgent").failure())
                .isEqualTo("\"urgent\" is no priority. Write none, low, medium or high.");
        assertThat(run("list", "--all").printed()).isEmpty();
    }

    @Test
    void addReadsTheBodyFromStandardInput() {
        String id = CommandRun.with("Grüße\n\n- 🛒 eins\n", profile, "add", "--note", "Notiz", "--body", "-")
                .printed()
                .strip();
        assertThat(show(id)).containsEntry("kind", "note").containsEntry("body", "Grüße\n\n- 🛒 eins");
        CommandRun bad = CommandRun.withBytes(new byte[] {'a', (byte) 0xff}, profile, "add", "x", "--body", "-");
        assertThat(bad.failure()).isEqualTo("Standard input is not UTF-8.");
    }

    @Test
    void addAnswersWithTheWholeItemAsJson() {
        assertThat(run("--json", "add", "Buy milk", "--due", "2026-12-31T17:00").object())
                .containsEntry("title", "Buy milk")
                .containsEntry("due", "2026-12-31T17:00")
                .containsEntry("list", null);
    }

    @Test
    void listShowsWhatIsOpenUnlessToldOtherwise() {
        String open = add("open");
        String note = add("note", "--note", "--list", "Home");
        String done = add("done");
        String trashed = add("trashed", "--list", "Home");
        run("done", done).printed();
        run("rm", trashed).printed();
        assertThat(ids("list")).containsExactly(note, open);
        assertThat(ids("list", "--all")).containsExactly(note, open, done);
        assertThat(ids("list", "--trash")).containsExactly(trashed);
        assertThat(ids("list", "--list", "Home")).containsExactly(note);
        assertThat(ids("list", "--list", "home", "--trash")).containsExactly(trashed);
        assertThat(ids("list", "--list", "none", "--all")).containsExactly(open, done);
        assertThat(run("list", "--list", "Absent").failure()).isEqualTo("There is no list named \"Absent\".");
    }

    private List<Object> ids(String... arguments) {
        return CommandRun.on(
                        profile,
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(arguments), java.util.stream.Stream.of("--json"))
                                .toArray(String[]::new))
                .objects()
                .stream()
                .map(item -> item.get("id"))
                .toList();
    }

    @Test
    void anEmptyListPrintsNothing() {
        assertThat(run("list").printed()).isEmpty();
        assertThat(run("list", "--json").printed()).isEmpty();
        assertThat(run("conflicts", "--json").printed()).isEmpty();
    }

    @Test
    void plainLinesHaveShortIdsThatAreUnderstood() {
        String id = add("Buy milk", "--tag", "errands");
        add("Mow the lawn");
        String line = run("list")
                .printed()
                .lines()
                .filter(one -> one.contains("milk"))
                .findFirst()
                .orElseThrow();
        assertThat(line).matches("[0-9a-f-]{8,36}  \\[ ] Buy milk  #errands");
        assertThat(show(line.substring(0, line.indexOf(' ')))).containsEntry("id", id);
    }

    @Test
    void editChangesWhatIsNamedAndNothingElse() {
        String id = add("Buy milk", "--due", "2026-12-31", "--list", "Home", "--tag", "a", "--body", "text");
        run("edit", id, "--title", "Buy oat milk", "--tag", "b", "--untag", "a").printed();
        assertThat(show(id))
                .containsEntry("title", "Buy oat milk")
                .containsEntry("body", "text")
                .containsEntry("due", "2026-12-31")
                .containsEntry("list", "Home")
                .containsEntry("tags", List.of("b"));
        run("edit", id, "--due", "none", "--list", "none", "--body", "none", "--note")
                .printed();
        assertThat(show(id))
                .containsEntry("title", "Buy oat milk")
                .containsEntry("kind", "note")
                .containsEntry("body", "")
                .containsEntry("due", null)
                .containsEntry("list", null);
        assertThat(run("edit", id, "--todo", "--json").object()).containsEntry("kind", "todo");
    }

    @Test
    void doneRmRestoreAndPurgeChangeOneItem() {
        String id = add("Buy milk");
        run("done", id).printed();
        assertThat(show(id)).containsEntry("done", true);
        assertThat(run("done", id, "--undo", "--json").object()).containsEntry("done", false);
        run("rm", id).printed();
        assertThat(show(id)).containsEntry("trashed", true);
        run("restore", id).printed();
        assertThat(show(id)).containsEntry("trashed", false);
        assertThat(run("purge", id, "--json").object()).containsEntry("id", id);
        assertThat(run("show", id).failure()).isEqualTo("There is no item with the id \"" + id + "\".");
    }

    @Test
    void anItemWithoutATitleIsNotAdded() {
        String id = add("Buy milk");
        for (String[] line :
                new String[][] {{"add", ""}, {"add", " ", "\t"}, {"quick", ""}, {"edit", id, "--title", " "}}) {
            assertThat(run(line).failure()).contains("needs a title");
        }
        assertThat(run("list", "--json").objects())
                .hasSize(1)
                .allSatisfy(item -> assertThat(item).containsEntry("title", "Buy milk"));
    }

    @Test
    void aNoteIsNotTickedOff() {
        String id = add("Garden", "--note");
        assertThat(run("done", id).failure()).contains("is a note", "--todo");
        assertThat(show(id)).containsEntry("done", false);
        run("edit", id, "--todo").printed();
        run("done", id).printed();
        assertThat(show(id)).containsEntry("done", true);
        run("edit", id, "--note").printed();
        run("done", id, "--undo").printed();
        assertThat(show(id)).containsEntry("done", false);
    }

    @Test
    void aDateInWordsIsRefusedWithTheCommandThatUnderstandsThem() {
        assertThat(run("add", "Call mum", "--due", "tomorrow").failure())
                .contains("\"tomorrow\" is not a date", "tidemark quick");
    }

    @Test
    void badInputGetsOneSentenceAndChangesNothing() {
        String id = add("Buy milk");
        String before = run("dump").printed();
        assertThat(run("add", "x", "--due", "31.12.2026").failure()).contains("31.12.2026", "2026-12-31T17:00");
        assertThat(run("edit", id, "--title", "y", "--due", "2026-02-30").failure())
                .contains("2026-02-30");
        assertThat(run("edit", id, "--title", "y", "--tag", " ").failure()).isEqualTo("A tag needs a name.");
        assertThat(run("add", "x", "--list", " ").failure()).isEqualTo("A list needs a name.");
        for (String command : List.of("show", "done", "rm", "restore", "purge")) {
            assertThat(run(command, "ffff").failure()).isEqualTo("There is no item with the id \"ffff\".");
        }
        assertThat(run("edit", "ffff", "--title", "z").failure()).contains("\"ffff\"");
        assertThat(run("dump").printed()).isEqualTo(before);
    }

    @Test
    void whatIsNotUnderstoodEndsWithTwo() {
        assertThat(run("frobnicate").misunderstanding()).contains("Unknown command \"frobnicate\"");
        assertThat(run("add").misunderstanding()).contains("TITLE");
        assertThat(run("list", "--frob").misunderstanding()).contains("--frob", "tidemark list --help");
        assertThat(run("show").misunderstanding()).contains("ID");
        assertThat(run("done", "a", "b").misunderstanding()).contains("\"b\"");
        assertThat(run("edit", "a").misunderstanding()).contains("Give at least one option");
        assertThat(run("config").misunderstanding()).contains("Give a command.");
        assertThat(run("list", "--json", "--json").misunderstanding()).contains("--json");
        assertThat(Files.exists(profile.resolve("tidemark.db"))).isFalse();
    }

    @Test
    void controlCharactersOfDataNeverReachATerminalRaw() {
        String evil = "\u001b]0;owned\u0007 a\u202eb\u009b31m\r c\u2028d \ud83d\uddd1\ufe0f";
        String id = add(
                "--title-is-next\u001b[2J".substring(15),
                evil,
                "--tag",
                "t\u001b",
                "--list",
                "L\u202e",
                "--body",
                evil);
        for (String output : List.of(
                run("list").printed(),
                run("show", id).printed(),
                run("dump").printed(),
                run("show", "\u001b[31m").failure())) {
            assertThat(output.codePoints().filter(c -> c != '\n'))
                    .noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028);
        }
        assertThat(run("list").printed()).contains("\\u001b", "\\u202e", "\ud83d\uddd1\ufe0f");
        assertThat((String) show(id).get("title")).contains("\u001b]0;owned\u0007");
    }

    @Test
    void jsonEscapesWhateverControlsATerminalOrTurnsText() {
        String evil = "a\u009b31m\u202eb\u2066c\u2028d\ufeff\u200e\u061c \ud83d\udc69\u200d\ud83d\udcbb";
        String id = add("x", "--body", evil);
        for (CommandRun run : List.of(run("show", id, "--json"), run("list", "--json"), run("export", "-"))) {
            assertThat(run.printed())
                    .contains(
                            "a\\u009b31m\\u202eb\\u2066c\\u2028d\\ufeff\\u200e\\u061c",
                            "\ud83d\udc69\u200d\ud83d\udcbb")
                    .matches(line ->
                            line.codePoints().noneMatch(each -> each != '\n' && HarmfulCharacters.contain(each)));
        }
        assertThat(run("show", id, "--json").object()).containsEntry("body", evil);
    }

    @Test
    void helpAndVersionNeedNoProfile() {
        assertThat(run("--help").printed()).contains("add", "conflicts", "Examples:", "  tidemark sync");
        assertThat(run("add", "--help").printed())
                .contains("--due", "2026-12-31T17:00")
                .doesNotContain("Examples:");
        assertThat(run("--version").printed()).startsWith("Tidemark ").doesNotContain("$");
        assertThat(profile).isEmptyDirectory();
    }

    @Test
    void aDatabaseOfANewerVersionIsRefused() {
        add("Buy milk");
        String before = run("dump").printed();
        Schema.Builder newer = Schema.builder();
        LibrarySchema.SCHEMA.migrations().forEach(step -> newer.migration(step.name(), step.step()));
        newer.migration("add something", "ALTER TABLE item ADD COLUMN something TEXT")
                .synced("item", "list", "tag", "attachment");
        Database.open(profile.resolve("tidemark.db"), newer.build()).close();
        assertThat(run("list").failure()).contains("newer version of this program");
        assertThat(run("add", "x").failure()).contains("newer version of this program");
        assertThat(before).contains("Buy milk");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(profile.resolve("tidemark.db"), "Buy milk, and some more to make it long enough".repeat(50));
        assertThat(run("list").failure()).contains("tidemark.db");
        assertThat(profile.resolve("tidemark.db")).content().startsWith("Buy milk");
    }

    @Test
    void aReminderIsSetShownChangedAndCleared() {
        String id = add("Call mum", "--reminder", "2026-12-31T09:00");
        assertThat(show(id)).containsEntry("reminder", "2026-12-31T09:00").containsEntry("dismissed", false);
        assertThat(run("show", id).printed()).contains("Reminder: 2026-12-31T09:00");
        run("edit", id, "--reminder", "2027-01-01T08:30").printed();
        assertThat(show(id)).containsEntry("reminder", "2027-01-01T08:30");
        assertThat(run("edit", id, "--reminder", "2027-01-01").failure()).contains("cannot be the time of a reminder");
        run("edit", id, "--reminder", "none").printed();
        assertThat(show(id)).containsEntry("reminder", null);
    }
}
