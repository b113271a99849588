package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build uses only code whose content the repository pins, and grants only necessary permissions. */
class SupplyChainTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: (.+)$");
    private static final Pattern PINNED = Pattern.compile("[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern WRITES = Pattern.compile("(?m)^ +([a-z-]+: write)\\b");
    private static final Pattern CHECKSUM = Pattern.compile("([0-9a-f]{64})  (?:.*/)?([^/]+)");

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyActionIsPinnedByItsHash() throws IOException {
        for (Path workflow : workflows()) {
            assertThat(USES.matcher(Files.readString(workflow)).results().map(uses -> uses.group(1)))
                    .as(workflow.toString())
                    .isNotEmpty()
                    .allMatch(uses ->
                            uses.startsWith("./") || PINNED.matcher(uses).matches());
        }
    }

    @Test
    void noCheckoutLeavesItsTokenInTheTree() throws IOException {
        for (Path workflow : workflows()) {
            List<String> lines = Files.readAllLines(workflow);
            for (int at = 0; at < lines.size(); at++) {
                if (lines.get(at).contains("uses: actions/checkout@")) {
                    assertThat(lines.subList(at + 1, at + 3))
                            .as(workflow + ":" + at)
                            .last()
                            .asString()
                            .endsWith("persist-credentials: false");
                }
            }
        }
    }

    @Test
    void onlyTheJobThatPublishesMayWrite() throws IOException {
        for (Path workflow : workflows()) {
            String text = Files.readString(workflow);
            assertThat(text).as(workflow.toString()).contains("\npermissions:\n  contents: read\n");
            int publish = text.indexOf("\n  publish:\n");
            String before = publish < 0 ? text : text.substring(0, publish);
            assertThat(WRITES.matcher(before).results().map(MatchResult::group))
                    .as(workflow.toString())
                    .isEmpty();
        }
    }

    /**
     * Maven 3.9 and later compares everything that it downloads with the same list, .mvn/checksums; older ones ignore
     * it.
     */
    @Test
    void everyLibraryHasTheChecksumInTheRepository() throws IOException, NoSuchAlgorithmException {
        Map<String, String> expected = Files.readAllLines(ROOT.resolve(".mvn/checksums/checksums.sha256")).stream()
                .map(CHECKSUM::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(2), line -> line.group(1)));
        List<Path> libraries = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> entry.toString().endsWith(".jar") && !entry.startsWith(ROOT))
                .toList();
        assertThat(libraries).hasSizeGreaterThan(50);
        for (Path library : libraries) {
            String name = library.getFileName().toString();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library));
            assertThat(HexFormat.of().formatHex(hash))
                    .as("%s: CONTRIBUTING.md tells how to add the checksum of a new library", name)
                    .isEqualTo(expected.get(name));
        }
    }
}
