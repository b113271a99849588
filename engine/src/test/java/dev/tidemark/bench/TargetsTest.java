package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The first tables of docs/benchmarks.md have the targets that the programs compare with. */
class TargetsTest {
    private static final Pattern ROW = Pattern.compile("\\| (N\\d+) \\|(.*)");
    private static final Pattern TARGET = Pattern.compile("([≥≤]) ([0-9.,]+)");
    private static final String MEASURED_ELSEWHERE = "N13";

    private static List<String> rows() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("tidemark.root"), "docs/benchmarks.md"));
        return page.substring(0, page.indexOf("## How they are run")).lines().toList();
    }

    private static Set<Reach> ofProgram(String id) {
        return Targets.ALL.entrySet().stream()
                .filter(target -> target.getKey().equals(id) || target.getKey().startsWith(id + "."))
                .map(target -> target.getValue())
                .collect(Collectors.toSet());
    }

    private static Set<Reach> ofRow(String row) {
        return TARGET.matcher(row)
                .results()
                .map(target -> new Reach(
                        target.group(1).equals("≥"),
                        Double.parseDouble(target.group(2).replaceAll(",$", "").replace(",", ""))))
                .collect(Collectors.toSet());
    }

    @Test
    void theDocumentNamesTheTargetsOfTheProgramsAndNoOther() throws IOException {
        Set<String> shown = rows().stream()
                .map(ROW::matcher)
                .filter(row -> row.matches() && !row.group(1).equals(MEASURED_ELSEWHERE))
                .map(row -> {
                    assertThat(ofRow(row.group(2))).as(row.group(1)).isNotEmpty();
                    assertThat(ofProgram(row.group(1))).as(row.group(1)).containsAll(ofRow(row.group(2)));
                    return row.group(1);
                })
                .collect(Collectors.toSet());
        assertThat(Targets.ALL.keySet()).allMatch(id -> shown.contains(id.replaceAll("[.].*", "")));
    }
}
