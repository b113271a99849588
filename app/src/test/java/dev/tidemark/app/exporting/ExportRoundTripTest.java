package dev.tidemark.app.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.importing.format.ImportFormats;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.engine.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random items are exported, imported into an empty library and compared. */
class ExportRoundTripTest {
    private static final List<String> TEXTS = List.of(
            "",
            "Milk",
            "  spaces ",
            "two\nlines\n",
            "\n\nleading",
            "---\nid: x\n---\n",
            "crlf\r\nand cr\r",
            "=SUM(A1)",
            "'=x",
            "\"quoted\", 'single'; a\\b",
            "true",
            "null",
            "[a, b]",
            "- x",
            "key: value",
            "CON",
            "../../etc",
            ".hidden",
            "ü 🛒 \u2028 \u202e",
            "tab\there",
            "a\u0000b\u001b[0m",
            "2026-01-01",
            "BEGIN:VTODO",
            "x".repeat(200));

    @TempDir
    private Path folder;

    private Database from;
    private Database to;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("from"));
        Files.createDirectories(folder.resolve("to"));
        from = Database.open(folder.resolve("from/a.db"), LibrarySchema.SCHEMA);
        to = Database.open(folder.resolve("to/a.db"), LibrarySchema.SCHEMA);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    /** Items with every field, among them those that file systems, spreadsheets and YAML treat specially. */
    private void fill(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < 120; number++) {
            Map<String, @Nullable Object> item = new HashMap<>();
            item.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
            item.put("kind", random.nextInt(4) == 0 ? "note" : "todo");
            item.put("title", text(random));
            item.put("body", text(random) + text(random));
            item.put("done", random.nextInt(4) == 0 && item.get("kind").equals("todo"));
            item.put("trashed", random.nextInt(8) == 0);
            item.put("priority", List.of("none", "low", "medium", "high").get(random.nextInt(4)));
            if (random.nextBoolean()) {
                item.put("due", random.nextBoolean() ? "2026-02-03" : "2026-02-03T14:30");
                item.put(
                        "repeat",
                        List.of("FREQ=WEEKLY;BYDAY=MO,FR", "AFTER FREQ=DAILY;INTERVAL=3")
                                .get(random.nextInt(2)));
            }
            if (random.nextInt(3) == 0) {
                item.put("reminder", "2026-02-03T09:15");
                item.put("dismissed", random.nextBoolean());
            }
            String list = text(random);
            item.put("list", list.isBlank() ? null : list);
            List<String> tags = new ArrayList<>(List.of("a, b", "it's", "c"));
            item.put("tags", tags.subList(0, random.nextInt(4)));
            item.put("createdAt", "2026-01-02T03:04:05.678Z");
            lines.append(ItemJson.line(item)).append('\n');
        }
        ItemImport.read(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)))
                .apply(new Items(from));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static Map<String, Map<String, @Nullable Object>> items(Database database) throws IOException {
        Map<String, Map<String, @Nullable Object>> items = new HashMap<>();
        ItemExport.forEach(database, details -> {
            Map<String, @Nullable Object> fields = ItemJson.fields(details);
            fields.keySet().removeAll(Set.of("changedAt", "changedBy"));
            items.put(String.valueOf(fields.get("id")), fields);
        });
        return items;
    }

    private ImportFormats.Content goThrough(String format, Path target) {
        ExportFormats.write(from, format, target);
        ImportFormats.Content content = ImportFormats.read(target, null);
        content.items().apply(new Items(to), to.blobs());
        return content;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMarkdownFolderRestoresEveryFieldAndAttachment(long seed) throws IOException {
        fill(seed);
        UUID item = UUID.fromString(items(from).keySet().iterator().next());
        for (String content : List.of("one", "two")) {
            new Items(from)
                    .inTransaction(writer -> writer.attach(
                            item,
                            "a file.txt",
                            from.blobs().add(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))),
                            content.length()));
        }
        ImportFormats.Content content = goThrough("markdown", folder.resolve("notes"));
        assertThat(content.unmapped()).isEmpty();
        assertThat(items(to)).isEqualTo(items(from));
        assertThat(to.list(Attachment.of(item)))
                .isEqualTo(from.list(Attachment.of(item)))
                .hasSize(2);
        assertThat(to.read(content.items()::plan).changed())
                .as("nothing is left to import")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTableRestoresEveryField(long seed) throws IOException {
        fill(seed);
        assertThat(goThrough("csv", folder.resolve("items.csv")).unmapped()).isEmpty();
        assertThat(items(to)).isEqualTo(items(from));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCalendarRestoresWhatTheFormatHas(long seed) throws IOException {
        fill(seed);
        assertThat(goThrough("icalendar", folder.resolve("items.ics")).unmapped())
                .isEmpty();
        Map<String, Map<String, @Nullable Object>> expected = items(from);
        expected.values().removeIf(item -> Boolean.TRUE.equals(item.get("trashed")));
        // The format has no control characters, one kind of line break, and seconds.
        for (Map<String, @Nullable Object> item : expected.values()) {
            for (String name : List.of("title", "body", "list")) {
                if (item.get(name) == null) {
                    continue;
                }
                String text = String.valueOf(item.get(name)).replaceAll("\r\n?", "\n");
                item.put(name, text.replaceAll("[\\p{Cntrl}&&[^\n\t\u007f-\u009f]]", ""));
            }
            item.put("createdAt", "2026-01-02T03:04:05Z");
        }
        assertThat(items(to)).isEqualTo(expected);
    }

    @Test
    void todoTxtRestoresTitlesDatesPrioritiesListsAndTags() throws IOException {
        String line =
                "{\"id\":\"0198a000-0000-7000-8000-000000000001\",\"title\":\"Pay the rent\",\"list\":\"At home\","
                        + "\"tags\":[\"big sum\",\"x\"],\"priority\":\"medium\",\"due\":\"2026-02-03T14:30\","
                        + "\"repeat\":\"AFTER FREQ=WEEKLY\",\"done\":true}\n"
                        + "{\"id\":\"0198a000-0000-7000-8000-000000000002\",\"kind\":\"note\",\"title\":\"Colours\"}\n";
        ItemImport.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))
                .apply(new Items(from));
        Path file = folder.resolve("todo.txt");
        assertThat(goThrough("todotxt", file).unmapped()).isEmpty();
        assertThat(Files.readString(file))
                .contains("x Pay the rent +At_home @big_sum @x due:2026-02-03T14:30 rec:AFTER_FREQ=WEEKLY pri:B"
                        + " id:0198a");
        Map<String, Map<String, @Nullable Object>> expected = items(from);
        Map<String, Map<String, @Nullable Object>> restored = items(to);
        expected.values().forEach(item -> item.remove("createdAt"));
        restored.values().forEach(item -> item.remove("createdAt"));
        assertThat(restored).isEqualTo(expected);
    }

    @Test
    void aFolderWithContentIsNotReplaced() throws IOException {
        fill(1);
        Path target = Files.createDirectory(folder.resolve("notes"));
        Path mine = Files.writeString(target.resolve("mine.md"), "mine");
        assertThatThrownBy(() -> ExportFormats.write(from, "markdown", target))
                .hasMessageContaining("is not an empty folder");
        assertThat(mine).hasContent("mine");
        Files.delete(mine);
        assertThat(ExportFormats.write(from, "markdown", target).items()).isEqualTo(120);
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }
}
