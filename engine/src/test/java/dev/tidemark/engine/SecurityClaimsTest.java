package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each cell of the threat model in docs/security.md names an existing test, or states that the claim does not hold. */
class SecurityClaimsTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    private static List<String> complaints(String document, Set<String> existing) {
        List<String> complaints = new ArrayList<>();
        document.lines().filter(line -> line.startsWith("| ")).forEach(line -> {
            for (String cell : line.substring(1).split("\\|", -1)) {
                String claim = cell.strip();
                if (claim.startsWith("holds") && NamedTests.in(claim).isEmpty()) {
                    complaints.add("no test is named: " + claim);
                }
            }
        });
        NamedTests.in(document).stream()
                .filter(test -> !existing.contains(test))
                .forEach(test -> complaints.add("there is no test " + test));
        return complaints;
    }

    @Test
    void everyClaimThatHoldsNamesATestThatExists() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/security.md"));
        assertThat(complaints(document, NamedTests.existing(ROOT))).isEmpty();
        assertThat(document.lines().filter(line -> line.startsWith("| ") && line.contains("holds")))
                .as("rows of the threat model")
                .hasSizeGreaterThan(15);
    }

    @Test
    void aClaimWithoutATestOrWithOneThatDoesNotExistIsFound() {
        String document = """
            | Text | holds | does not hold: plain text |
            | Text | holds: `Some#test` | holds: `Other#test` |
            """;
        assertThat(complaints(document, Set.of("Some#test")))
                .containsExactly("no test is named: holds", "there is no test Other#test");
    }
}
