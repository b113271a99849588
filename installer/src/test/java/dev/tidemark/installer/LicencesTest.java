package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything distributed with the program is listed with its licence, whether library or not. */
class LicencesTest {
    private static final Path SOURCES = Path.of(System.getProperty("tidemark.root"), "installer");

    /** Group, first artifact, further ones by their endings. */
    private static final Pattern LIBRARY = Pattern.compile("([a-z.-]+):([a-z0-9-]+)((?:, -[a-z]+)*)");

    /** What is in a library and has another licence than that: {@code (icons: MIT)}. */
    private static final Pattern WITHIN = Pattern.compile("\\(([a-z]+): (\\w+) ?([0-9.]*)\\)");

    @TempDir
    private Path folder;

    private List<String> completed(String... components) throws IOException {
        Files.writeString(
                folder.resolve("tidemark.cdx.json"), "{\"components\":[" + String.join(",", components) + "]}");
        Licences.complete(folder, SOURCES);
        return Files.readAllLines(folder.resolve("LICENCES.txt"));
    }

    private static String component(String group, String name, String licence) {
        return "{\"group\":\"%s\",\"name\":\"%s\",\"version\":\"1\",\"licenses\":[{\"license\":{\"id\":\"%s\"}}]}"
                .formatted(group, name, licence);
    }

    /** The rows of a table in {@code docs/dependencies.md}, each in its columns. */
    private static List<String[]> rows(String heading) throws IOException {
        String document = Files.readString(SOURCES.resolveSibling("docs").resolve("dependencies.md"));
        String section = document.split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split(" *\\| *", -1))
                .toList();
    }

    private static Stream<String> components(String dependency) {
        Matcher library = LIBRARY.matcher(dependency);
        if (!library.lookingAt()) {
            return Stream.of();
        }
        String first = library.group(2);
        String stem = first.substring(0, first.lastIndexOf('-') < 0 ? first.length() : first.lastIndexOf('-'));
        Stream<String> others =
                Stream.of(library.group(3).split(", ", -1)).skip(1).map(ending -> stem + ending);
        return Stream.concat(Stream.of(first), others).map(name -> component(library.group(1), name, "Apache-2.0"));
    }

    @Test
    void everythingThatTheApplicationIsMadeOfIsListedAlsoWhatIsNoLibrary() throws IOException {
        List<String[]> rows = rows("In the application");
        assertThat(rows).hasSizeGreaterThan(10);
        List<String> lines = completed(
                rows.stream().flatMap(columns -> components(columns[1])).toArray(String[]::new));
        List<String> missing = new ArrayList<>();
        for (String[] columns : rows) {
            if (!LIBRARY.matcher(columns[1]).lookingAt()) {
                String name = columns[1].split(" ", 2)[0];
                require(lines, name, columns[3].replace(' ', '-'), missing);
            }
            Matcher within = WITHIN.matcher(columns[3]);
            if (within.find()) {
                String artifact = columns[1].substring(columns[1].indexOf(':') + 1);
                String licence = (within.group(2) + "-" + within.group(3)).replaceAll("-$", "");
                require(lines, within.group(1) + " of .* in " + artifact, licence, missing);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(lines).as("Inter").anyMatch(line -> line.contains("Inter 4.1.1"));
    }

    private void require(List<String> lines, String work, String licence, List<String> missing) {
        Pattern line = Pattern.compile(".*\\b" + work + "\\b.*: " + Pattern.quote(licence));
        if (lines.stream().noneMatch(line.asMatchPredicate()) || !Files.exists(folder.resolve(licence + ".txt"))) {
            missing.add(work + ": " + licence);
        }
    }

    @Test
    void aLibraryWithALicenceWhoseTextIsNotHereEndsTheBuild() {
        assertThatThrownBy(() -> completed(component("org.example", "secret", "Commercial")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("org.example:secret 1")
                .hasMessageContaining("Commercial");
    }

    @Test
    void theTextOfEachLicenceLiesBesideTheList() throws IOException {
        assertThat(completed(component("org.example", "open", "MIT-0"))).contains("org.example:open 1: MIT-0");
        try (Stream<Path> texts = Files.list(folder)) {
            assertThat(texts.map(text -> text.getFileName().toString()))
                    .contains("MIT-0.txt", "OFL-1.1.txt", "MIT.txt", "GPL-2.0-with-classpath-exception.txt");
        }
    }
}
