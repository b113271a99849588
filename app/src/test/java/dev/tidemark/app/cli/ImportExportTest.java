package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.FileModes;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportExportTest {
    @TempDir
    private static Path refusing;

    @TempDir
    private Path folder;

    private Path profile;
    private Path file;

    @BeforeEach
    void choosePlaces() {
        profile = folder.resolve("profile");
        file = folder.resolve("items.jsonl");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.on(profile, arguments);
    }

    private static Map<String, Object> withoutHistory(Map<String, Object> item) {
        return item.entrySet().stream()
                .filter(field -> !field.getKey().startsWith("changed") && field.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void everyFieldRoundTripsToAnotherProfile() throws IOException {
        run("add", "Buy milk", "--due", "2026-12-31T17:00", "--list", "Home", "--tag", "#x", "--tag", "a,b")
                .printed();
        run("add", "Nul \u0000 and 🛒", "--note", "--body", "two\nlines").printed();
        String done = run("add", "Done").printed().strip();
        run("done", done).printed();
        String trashed = run("add", "Trashed").printed().strip();
        run("rm", trashed).printed();
        assertThat(run("export", file.toString()).printed()).isEqualTo("4 items exported.\n");

        Path other = folder.resolve("other");
        assertThat(CommandRun.on(other, "import", file.toString()).printed())
                .isEqualTo("4 items imported, 4 of them new.\n");
        assertThat(exported(other)).isEqualTo(exported(profile));
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));

        String before = CommandRun.on(other, "dump").printed();
        assertThat(CommandRun.on(other, "import", file.toString(), "--json").object())
                .containsEntry("items", 4)
                .containsEntry("added", 0)
                .containsEntry("existing", 4)
                .containsEntry("changed", 0)
                .containsEntry("format", "jsonl");
        assertThat(CommandRun.on(other, "dump").printed()).isEqualTo(before);
    }

    /** A committed file of version 1: it is never written anew. */
    @Test
    void anExportOfTheFirstVersionIsImportedWhole() throws IOException {
        Path first = Path.of("src/test/resources/format/v1/items.jsonl");
        run("import", first.toString()).printed();
        run("export", file.toString()).printed();
        assertThat(withoutChange(file)).isEqualTo(withoutChange(first)).hasSize(4);
    }

    /** The lines without when and where the items were changed last. */
    private static List<String> withoutChange(Path export) throws IOException {
        return Files.readAllLines(export).stream()
                .map(line -> line.replaceFirst(",\"changedAt\".*", ""))
                .toList();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
    void anExportAndTheProfileItComesFromAreReadableForTheirOwnerAlone() throws IOException {
        run("config", "set", "device.name", "Laptop").printed();
        String item = run("add", "Buy milk").printed().strip();
        Path list = Files.writeString(folder.resolve("list.txt"), "milk");
        String attachment = run("attach", item, list.toString(), "--json")
                .object()
                .get("id")
                .toString();
        run("export", file.toString()).printed();
        assertThat(FileModes.of(file)).isEqualTo("rw-------");
        Path saved = folder.resolve("saved.txt");
        run("attachment", "save", attachment, saved.toString()).printed();
        assertThat(FileModes.of(saved)).isEqualTo("rw-------");
        FileModes.assertClosed(profile);
    }

    private static List<Map<String, Object>> exported(Path of) {
        return CommandRun.on(of, "export", "-").objects().stream()
                .map(ImportExportTest::withoutHistory)
                .toList();
    }

    @Test
    void itemsThatExistGetTheFieldsThatTheLineGives() throws IOException {
        String id = run("add", "Buy milk", "--body", "text", "--due", "2026-12-31", "--tag", "a")
                .printed()
                .strip();
        Files.writeString(
                file, "\ufeff{\"id\":\"" + id + "\",\"title\":\"Buy oat milk\",\"due\":null,\"tags\":[\"b\"]}\r\n\n");
        run("import", file.toString()).printed();
        assertThat(run("show", id, "--json").object())
                .containsEntry("title", "Buy oat milk")
                .containsEntry("body", "text")
                .containsEntry("due", null)
                .containsEntry("tags", List.of("b"));
    }

    @Test
    void readsStandardInput() {
        CommandRun.with(
                        "{\"title\":\"one\"}\n{\"title\":\"two\",\"list\":\"Home\",\"done\":true}",
                        profile,
                        "import",
                        "-")
                .printed();
        assertThat(run("list", "--all", "--json").objects())
                .extracting(item -> item.get("title"))
                .containsExactly("one", "two");
    }

    @Test
    void aLineOfHundredsOfMegabytesIsRefusedWithoutBeingHeld() {
        InputStream endless = new InputStream() {
            private long left = 300L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                int given = Math.toIntExact(Math.min(left, length));
                Arrays.fill(bytes, from, from + given, (byte) 'x');
                left -= given;
                return given > 0 || length == 0 ? given : -1;
            }
        };
        InputStream input = new SequenceInputStream(
                new ByteArrayInputStream("{\"title\":\"good\"}\n".getBytes(StandardCharsets.UTF_8)), endless);
        assertThatThrownBy(() -> ItemImport.read(input))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("line 2: the line has more than 16 MB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "not json | not a JSON object",
                "[1] | not a JSON object",
                "null | not a JSON object",
                "{\"title\":\"x\"} trailing | not a JSON object",
                "{\"title\":\"x\",\"title\":\"y\"} | not a JSON object",
                "{\"title\":5} | title must be text",
                "{\"title\":null} | title must be text",
                "{\"titel\":\"x\"} | there is no field \"titel\"",
                "{\"due\":\"soon\"} | \"soon\" is not a date",
                "{\"done\":\"yes\"} | done must be true or false",
                "{\"due\":\"2026-01-01\",\"repeat\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"} | does not exist",
                "{\"tags\":\"a\"} | tags must be a list of names",
                "{\"tags\":[\" \"]} | A tag needs a name",
                "{\"kind\":\"task\"} | todo or note",
                "{\"id\":\"1-1-1-1-1\"} | \"1-1-1-1-1\" is not an id",
                "{\"createdAt\":\"yesterday\"} | createdAt must be a time",
            })
    void aBadLineIsNamedAndNothingIsImported(String line, String says) throws IOException {
        Files.writeString(file, "{\"title\":\"good\"}\n\n" + line + "\n{\"title\":\"good, too\"}\n");
        assertThat(CommandRun.on(refusing, "import", file.toString()).failure())
                .startsWith("Nothing was imported because of line 3: ")
                .contains(says);
        assertThat(CommandRun.on(refusing, "list", "--all").printed()).isEmpty();
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(file, new byte[] {'{', '}', '\n', (byte) 0xe4, '\n'});
        assertThat(run("import", file.toString()).failure()).contains("not UTF-8");
        assertThat(run("list", "--all").printed()).isEmpty();
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreNamed() throws IOException {
        Path absent = folder.resolve("absent/items.jsonl");
        assertThat(run("import", absent.toString()).failure()).isEqualTo("There is no file " + absent + ".");
        assertThat(run("import", folder.toString()).failure()).contains(folder.toString());
        assertThat(run("export", absent.toString()).failure()).contains(absent.toString(), "cannot be written");
        assertThat(run("export", folder.toString()).failure()).contains(folder.toString());
    }

    @Proof
    @Test
    void thousandsOfItemsGoBothWays() throws IOException {
        String lines = IntStream.range(0, 5_001)
                .mapToObj(number -> "{\"title\":\"Item " + number + "\",\"list\":\"List " + number % 7
                        + "\",\"tags\":[\"t" + number % 5 + "\"]}\n")
                .collect(Collectors.joining());
        Files.writeString(file, lines);
        assertThat(run("import", file.toString()).printed()).contains("5,001 items imported, 5,001 of them new");
        assertThat(run("list", "--json").objects()).hasSize(5_001);
        assertThat(exported(profile)).hasSize(5_001);
    }
}
