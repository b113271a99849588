package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/**
 * The reader in {@code docs/examples}, written from {@code docs/file-format.md} alone, finds in a folder what the
 * program exports. It prints rows as stored, so this test converts them to items again.
 */
@Proof
class IndependentReaderTest {
    private static final List<String> PRIORITIES = List.of("none", "low", "medium", "high");

    @TempDir
    private Path folder;

    /** One folder on two machines, which a tool keeps alike: what is new here is there once it has come. */
    private Path here;

    private Path there;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        here = Files.createDirectory(folder.resolve("here"));
        there = Files.createDirectory(folder.resolve("there"));
        configure("laptop", here);
        configure("phone", there);
    }

    private void configure(String device, Path place) {
        run(device, "config", "set", "device.name", device);
        run(device, "config", "set", "sync.folder", place.toString());
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(String profile, String... arguments) {
        return CommandRun.on(folder.resolve(profile), arguments).printed().strip();
    }

    private void sync(String... devices) throws IOException {
        for (String device : devices) {
            run(device, "sync");
            carry(here, there, "");
            carry(there, here, "");
        }
    }

    /** @return how many files were not there yet */
    private static long carry(Path from, Path to, String below) throws IOException {
        long carried = 0;
        try (Stream<Path> files = Files.walk(from.resolve(below)).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.exists(target)) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                    carried++;
                }
            }
        }
        return carried;
    }

    /** Items of every kind, of both devices, changed by the other one. */
    private void editOnBoth() throws IOException {
        String milk = run("laptop", "add", "Buy milk", "--due", "2026-12-31T17:00", "--repeat", "FREQ=WEEKLY;BYDAY=TH");
        run("laptop", "add", "Nul \u0000 and 🛒", "--note", "--body", "two\nlines");
        String gone = run("laptop", "add", "To be purged");
        sync("laptop", "phone");
        run("phone", "edit", milk, "--list", "Home", "--tag", "b", "--tag", "ä", "--priority", "high");
        run("phone", "add", "Call Ben", "--due", "2027-01-02", "--reminder", "2027-01-01T09:00", "--tag", "b");
        run("phone", "rm", run("phone", "add", "Trashed"));
        run("laptop", "edit", milk, "--title", "Buy oat milk");
        run("laptop", "done", run("laptop", "add", "Done", "--tag", "x"));
        run("laptop", "purge", gone);
        sync("laptop", "phone");
        run("phone", "edit", milk, "--untag", "b");
        sync("phone", "laptop");
    }

    @Test
    void findsTheItemsThatTheProgramExports() throws Exception {
        editOnBoth();
        assertThat(exported("laptop")).hasSize(5).isEqualTo(exported("phone"));
        assertThat(read()).isEqualTo(exported("laptop"));
    }

    @Test
    void leavesOutWhatARetiredDeviceHasWrittenAboveItsEnd() throws Exception {
        editOnBoth();
        retirePhoneWhichPublishesMore();
        assertThat(exported("laptop").toString()).contains("Call Ben").doesNotContain("too late");
        assertThat(read()).isEqualTo(exported("laptop"));
        // The phone uploads it again under another id.
        carry(here, there, "");
        sync("phone", "laptop");
        assertThat(exported("laptop").toString()).contains("too late");
        assertThat(read()).isEqualTo(exported("laptop"));
    }

    /** The tablet has applied more of the phone than the laptop that retired it, and raises the end. */
    @Test
    void readsARetiredDeviceUpToTheGreaterOfTwoEnds() throws Exception {
        editOnBoth();
        configure("tablet", there);
        retirePhoneWhichPublishesMore();
        run("tablet", "sync");
        carry(here, there, "");
        sync("tablet", "laptop");
        try (Stream<Path> ends = Files.walk(here.resolve("v1/retired"))) {
            assertThat(ends.filter(Files::isRegularFile)).hasSize(2);
        }
        assertThat(exported("laptop").toString()).contains("too late");
        assertThat(read()).isEqualTo(exported("laptop"));
    }

    /**
     * The phone does not know of its retirement yet and uploads one more change: the laptop names the file and waits a
     * day.
     */
    private void retirePhoneWhichPublishesMore() throws IOException {
        run("laptop", "devices", "retire", "phone");
        run("phone", "add", "Written too late");
        run("phone", "sync");
        assertThat(carry(there, here, "v1/log")).isEqualTo(1);
        CommandRun late = CommandRun.on(folder.resolve("laptop"), "sync");
        assertThat(late.errors()).contains("changes of a retired device that arrived late");
    }

    /** By id, without who changed them when, which the reader does not tell. */
    private Map<Object, Map<String, Object>> exported(String profile) {
        Map<Object, Map<String, Object>> items = new TreeMap<>();
        run(profile, "export", "-").lines().map(JSON.std::mapFrom).forEach(item -> {
            item.keySet().removeIf(field -> field.startsWith("changed"));
            items.put(item.get("id"), item);
        });
        return items;
    }

    private Map<Object, Map<String, Object>> read() throws Exception {
        Path script = Path.of(System.getProperty("tidemark.root"), "docs", "examples", "read_library.py");
        Process process = new ProcessBuilder("python3", script.toString(), here.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        Map<String, Map<String, Map<String, Object>>> tables = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            Map<String, Object> row = JSON.std.mapFrom(line);
            tables.computeIfAbsent((String) row.get("table"), table -> new LinkedHashMap<>())
                    .put((String) row.get("id"), fields(row.get("values")));
        }
        Map<Object, Map<String, Object>> items = new TreeMap<>();
        tables.get("item").forEach((id, values) -> items.put(uuid(id), item(id, values, tables)));
        return items;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object object) {
        return (Map<String, Object>) object;
    }

    private static Map<String, Object> item(
            String id, Map<String, Object> values, Map<String, Map<String, Map<String, Object>>> tables) {
        String due = (String) values.get("due");
        String reminder = (String) values.get("reminder");
        String[] dueAndRule = due == null ? new String[] {null} : due.split(" ", 2);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", uuid(id));
        item.put("kind", values.get("kind"));
        item.put("title", values.get("title"));
        item.put("body", values.get("body"));
        item.put("done", values.get("done").equals(1));
        item.put("due", dueAndRule[0]);
        item.put("repeat", dueAndRule.length > 1 ? dueAndRule[1] : null);
        item.put("reminder", reminder);
        item.put("dismissed", reminder != null && reminder.equals(values.get("dismissed")));
        item.put("priority", PRIORITIES.get((int) values.getOrDefault("priority", 0)));
        item.put("list", list(values.get("list_id"), tables.getOrDefault("list", Map.of())));
        item.put("tags", tags(id, tables.getOrDefault("tag", Map.of())));
        item.put("trashed", values.get("trashed").equals(1));
        item.put(
                "createdAt",
                Instant.ofEpochMilli(((Number) values.get("created_at")).longValue())
                        .toString());
        return item;
    }

    private static Object list(Object id, Map<String, Map<String, Object>> lists) {
        return id == null ? null : lists.get(fields(id).get("hex")).get("name");
    }

    private static List<Object> tags(String item, Map<String, Map<String, Object>> tags) {
        List<Object> names = new ArrayList<>();
        tags.values().stream()
                .filter(tag -> fields(tag.get("item_id")).get("hex").equals(item))
                .map(tag -> Objects.toString(tag.get("name")))
                .sorted()
                .forEach(names::add);
        return names;
    }

    private static String uuid(String hex) {
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
