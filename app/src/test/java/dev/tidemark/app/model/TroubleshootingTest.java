package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has exactly the messages that users can see, with the same words. */
class TroubleshootingTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern MESSAGE = Pattern.compile("^\\| \\*(.+?)\\* \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Mistakes of who writes the program: a person never sees them. */
    private static final Set<String> FOR_PROGRAMMERS = Set.of(
            "schema",
            "transaction",
            "statement",
            "record",
            "value",
            "query",
            "subscription",
            "changelog",
            "snapshot",
            "history",
            "load");

    /** Those of them that are a person's after all. */
    private static final Set<String> FOR_PEOPLE = Set.of(
            "transaction.schema-newer",
            "transaction.not-saved",
            "transaction.change-too-large",
            "transaction.clock-exhausted",
            "changelog.not-merged",
            "changelog.not-acknowledged",
            "changelog.not-arrived",
            "changelog.retires-itself");

    /** Part of another message, or of none that is said here. */
    private static final Set<String> NEVER_ALONE = Set.of("database.closed", "file.newer-format");

    /** A row: what it quotes, and the codes at its end. */
    private record Entry(String quoted, List<String> codes) {}

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/troubleshooting.md"))) {
            Matcher message = MESSAGE.matcher(line);
            if (message.find()) {
                String last = line.substring(line.lastIndexOf('|', line.length() - 2));
                entries.add(new Entry(
                        message.group(1),
                        CODE.matcher(last).results().map(code -> code.group(1)).toList()));
            }
        }
        return entries;
    }

    private static Map<String, String> sentences() {
        Map<String, String> sentences = new TreeMap<>();
        for (Problem problem : Problem.values()) {
            sentences.put(problem.code(), problem.messageTemplate());
        }
        ResourceBundle own = ResourceBundle.getBundle("dev.tidemark.resources.problems", Locale.ENGLISH);
        own.keySet().forEach(key -> sentences.put(key, own.getString(key)));
        return sentences;
    }

    private static boolean isForPeople(String code) {
        String area = code.replaceAll("\\..*", "");
        return FOR_PEOPLE.contains(code) || (!FOR_PROGRAMMERS.contains(area) && !NEVER_ALONE.contains(code));
    }

    @Test
    void everyMessageThatAPersonCanMeetIsThereOnce() throws IOException {
        List<String> documented = entries().stream()
                .flatMap(entry -> entry.codes().stream())
                .filter(code -> Arrays.stream(Problem.values())
                        .anyMatch(problem -> problem.code().equals(code)))
                .sorted()
                .toList();
        Set<String> wanted = Arrays.stream(Problem.values())
                .map(Problem::code)
                .filter(TroubleshootingTest::isForPeople)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).containsExactlyElementsOf(wanted);
    }

    @Test
    void noEntryIsAboutAMessageThatIsNeverSaid() throws IOException {
        Map<String, String> sentences = sentences();
        assertThat(entries()).hasSizeGreaterThan(60);
        for (Entry entry : entries()) {
            assertThat(entry.codes()).as(entry.quoted()).isNotEmpty();
            assertThat(sentences.keySet()).as(entry.quoted()).containsAll(entry.codes());
            for (String quoted : entry.quoted().split(" / ", -1)) {
                assertThat(entry.codes())
                        .as("says: " + quoted)
                        .anySatisfy(code -> assertThat(says(sentences.getOrDefault(code, ""), quoted))
                                .isTrue());
            }
        }
    }

    /** An ellipsis stands for what is different each time. */
    private static boolean says(String sentence, String quoted) {
        int from = 0;
        for (String part : quoted.split("…", -1)) {
            int found = sentence.indexOf(part.strip(), from);
            if (found < 0) {
                return false;
            }
            from = found + part.strip().length();
        }
        return true;
    }
}
