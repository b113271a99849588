package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/acceptance-map.md and docs/correctness.md name an existing test for every requirement and rule that is due. */
class AcceptanceMapTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+|[TQ][0-9]+) \\| (.+) \\| (.+) \\|$");
    private static final Pattern RULE =
            Pattern.compile("(?ms)^<a id=\"r([0-9]+)\"></a>\n## R\\1: [^\n]+\n(.*?)(?=^<a id|^## |\\z)");
    private static final Pattern LATER = Pattern.compile("later: issue ([4-9])");

    /** What is neither shown nor of a later issue. To be emptied, never added to. */
    private static final Set<String> OPEN = Set.of();

    private static List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        IntStream.rangeClosed(1, 43).forEach(number -> numbers.add(Integer.toString(number)));
        IntStream.rangeClosed(1, 18).forEach(number -> numbers.add("R" + number));
        IntStream.rangeClosed(1, 11).forEach(number -> numbers.add("T" + number));
        IntStream.rangeClosed(1, 4).forEach(number -> numbers.add("Q" + number));
        return numbers;
    }

    private static Map<String, String> rows(String map) {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(map).results().forEach(row -> {
            assertThat(rows.put(row.group(1), row.group(3)))
                    .as(row.group(1) + " stands twice")
                    .isNull();
        });
        return rows;
    }

    private static Map<String, String> rules(String page) {
        Map<String, String> rules = new LinkedHashMap<>();
        RULE.matcher(page).results().forEach(rule -> {
            assertThat(rules.put("R" + rule.group(1), rule.group(2)))
                    .as("R" + rule.group(1) + " stands twice")
                    .isNull();
        });
        return rules;
    }

    private static List<String> complaints(Map<String, String> rows, Set<String> tests, Set<String> open) {
        List<String> complaints = new ArrayList<>();
        for (String number : numbers()) {
            String shown = rows.getOrDefault(number, "");
            List<String> names = NamedTests.in(shown);
            names.stream()
                    .filter(name -> !tests.contains(name))
                    .forEach(name -> complaints.add(number + ": there is no test " + name));
            Matcher later = LATER.matcher(shown);
            boolean isOpen = shown.startsWith("open: ");
            if (names.isEmpty() && !later.matches() && !(isOpen && open.contains(number))) {
                complaints.add(number + ": not shown by any test");
            }
            if (!isOpen && open.contains(number)) {
                complaints.add(number + ": no longer open");
            }
        }
        return complaints;
    }

    @Test
    void everyNumberIsShownByATestThatExists() throws IOException {
        Map<String, String> rows = rows(Files.readString(ROOT.resolve("docs/acceptance-map.md")));
        rows.putAll(rules(Files.readString(ROOT.resolve("docs/correctness.md"))));
        assertThat(complaints(rows, NamedTests.existing(ROOT), OPEN)).isEmpty();
        assertThat(rows.keySet()).isSubsetOf(numbers());
    }

    @Test
    void whatIsMissingMisnamedOrPutOffTooLongIsFound() throws IOException {
        String map = """
            | 1 | fine | `AcceptanceMapTest#everyNumberIsShownByATestThatExists` |
            | 2 | misnamed | `AcceptanceMapTest#isNotThere` |
            | 3 | not a test | `AcceptanceMapTest#complaints` |
            | 4 | put off too long | later: issue 3 |
            | 5 | put off | later: issue 4 |
            | 6 | open, unheard of | open: no time |
            | T1 | open, known | open: being built |
            """;
        assertThat(complaints(rows(map), NamedTests.existing(ROOT), Set.of("T1")))
                .startsWith(
                        "2: there is no test AcceptanceMapTest#isNotThere",
                        "3: there is no test AcceptanceMapTest#complaints",
                        "4: not shown by any test",
                        "6: not shown by any test",
                        "7: not shown by any test")
                .noneMatch(complaint -> complaint.startsWith("1: ") || complaint.startsWith("5: "))
                .doesNotContain("T1: not shown by any test");
    }

    @Test
    void aRuleIsItsSectionWithAnAnchor() {
        String page = """
            <a id="r1"></a>
            ## R1: Tables
            **Tests.** `Some#test`.

            <a id="r2"></a>
            ## R3: Misnumbered
            **Tests.** `Other#test`.

            ## Simulation
            `Third#test`
            """;
        assertThat(rules(page)).containsOnlyKeys("R1");
        assertThat(NamedTests.in(rules(page).get("R1"))).containsExactly("Some#test");
    }
}
