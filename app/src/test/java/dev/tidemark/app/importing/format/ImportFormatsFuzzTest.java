package dev.tidemark.app.importing.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.fuzz.Mutations;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A source with any content, in each format, is read or rejected with a message. */
class ImportFormatsFuzzTest {
    private static final Path SAMPLES = Path.of("src/test/resources/import");

    @TempDir
    private static Path folder;

    private static void read(String format, byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("input"), input);
        try {
            ImportFormats.Content content = ImportFormats.read(file, format);
            assertThat(content.items().size()).isNotNegative();
            content.unmapped().forEach(each -> assertThat(each.sentence()).isNotBlank());
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static List<byte[]> sample(String name) {
        try {
            return List.of(Files.readAllBytes(SAMPLES.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> archives() throws IOException {
        return List.of(TarWriter.folder(SAMPLES.resolve("joplin-raw")));
    }

    static List<byte[]> notes() {
        return sample("joplin-raw/00000000000000000000000000000001.md");
    }

    static List<byte[]> calendars() {
        return sample("icalendar/tasks.ics");
    }

    static List<byte[]> todoTxt() {
        return sample("todotxt/todo.txt");
    }

    static List<byte[]> todoist() {
        return sample("todoist/Flat [2203306141].csv");
    }

    static List<byte[]> googleTasks() {
        return sample("google-tasks/Tasks.json");
    }

    static List<byte[]> superProductivity() {
        return sample("super-productivity/backup.json");
    }

    static List<byte[]> tables() {
        return Mutations.corpus(
                "id;title;done;due;tags;priority;reminder;createdAt;other\r\n"
                        + ";'=Milk;true;2026-01-02"
                        + " 10:00;\"a,\"\"b,c\"\"\";low;2026-01-01T10:00;2026-01-01T00:00:00Z;x\r\n",
                "title,list\n\"a\nb\",Home\n");
    }

    static List<byte[]> markdown() {
        return Mutations.corpus(
                "---\ntitle: \"a \\u0041\"\ncompleted?: no\ncreated: 2024-05-20 10:59:36Z\ntags:\n  - 'it''s'\n  - b\n"
                        + "due: 2026-01-02 10:00\nrepeat: FREQ=DAILY\nlist: [\"x, y\", z]\nother: 1\n---\n\nText",
                "No front matter");
    }

    @MethodSource("archives")
    @FuzzTest
    void archive(byte[] input) throws IOException {
        read("joplin-jex", input);
    }

    @MethodSource("notes")
    @FuzzTest
    void note(byte[] input) {
        JoplinLibrary library = new JoplinLibrary(new ImportBuilder("joplin-raw"));
        library.add(JoplinItem.parse(Mutations.text(input)));
        library.finish(java.util.Map.of());
    }

    @MethodSource("calendars")
    @FuzzTest
    void calendar(byte[] input) throws IOException {
        read("icalendar", input);
    }

    @MethodSource("todoTxt")
    @FuzzTest
    void todo(byte[] input) throws IOException {
        read("todotxt", input);
    }

    @MethodSource("todoist")
    @FuzzTest
    void project(byte[] input) throws IOException {
        read("todoist", input);
    }

    @MethodSource("googleTasks")
    @FuzzTest
    void tasks(byte[] input) throws IOException {
        read("google-tasks", input);
    }

    @MethodSource("superProductivity")
    @FuzzTest
    void backup(byte[] input) throws IOException {
        read("super-productivity", input);
    }

    @MethodSource("tables")
    @FuzzTest
    void table(byte[] input) throws IOException {
        read("csv", input);
    }

    @MethodSource("markdown")
    @FuzzTest
    void markdownFile(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("input.md"), input);
        try {
            assertThat(ImportFormats.read(file, null).items().size()).isEqualTo(1);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Each input is a file, so the quick run takes a tenth of the usual rounds, and of the archive a fiftieth. */
    @Test
    void mutationsOfEachFormatAreReadOrRefused() throws IOException {
        mutate(10);
    }

    @Proof
    @Test
    void manyMutationsOfEachFormatAreReadOrRefused() throws IOException {
        mutate(1);
    }

    /** @param cost by which the rounds are divided */
    private void mutate(int cost) throws IOException {
        Mutations.run(archives(), 5 * cost, this::archive);
        Mutations.run(notes(), cost, this::note);
        Mutations.run(calendars(), cost, this::calendar);
        Mutations.run(todoTxt(), cost, this::todo);
        Mutations.run(todoist(), cost, this::project);
        Mutations.run(googleTasks(), cost, this::tasks);
        Mutations.run(superProductivity(), cost, this::backup);
        Mutations.run(tables(), cost, this::table);
        Mutations.run(markdown(), cost, this::markdownFile);
    }
}
