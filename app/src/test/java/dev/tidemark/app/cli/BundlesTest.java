package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlesTest {
    private static final Pattern PROBLEM = Pattern.compile(
            "\"((?:attachment|backup|changes|check|checkpoint|conflict|device|due|export|file|folder|history|import|input|item|kind|list|print|priority|profile|remote|repeat|search|secret|settings|sync|tag|updates|window)\\.[A-Za-z0-9]+)\"");

    /** Read as files, because a bundle also has the keys of the one that it falls back to. */
    private static Set<String> keys(String file) throws IOException {
        return new TreeSet<>(properties(file).stringPropertyNames());
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        String resource = "/dev/tidemark/resources/" + file + ".properties";
        try (InputStream input = Objects.requireNonNull(BundlesTest.class.getResourceAsStream(resource), resource);
                Reader reader = new InputStreamReader(input, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli", "problems"})
    void everyTextIsThereInGerman(String name) throws IOException {
        assertThat(keys(name)).isNotEmpty();
        assertThat(keys(name + "_de")).isEqualTo(keys(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli", "cli_de"})
    void shellsTakeEveryExampleAsItIs(String name) throws IOException {
        Properties texts = properties(name);
        List<String> examples = texts.stringPropertyNames().stream()
                .flatMap(key -> key.startsWith("example.")
                        ? Stream.of(texts.getProperty(key))
                        : texts.getProperty(key)
                                .replace("%n", "\n")
                                .lines()
                                .filter(line -> line.startsWith("  tidemark ")))
                .toList();
        assertThat(examples).hasSizeGreaterThan(30);
        assertThat(examples)
                .allSatisfy(example -> assertThat(example.replaceAll("'[^']*'|\"[^\"!$`]*\"", ""))
                        .doesNotContainPattern("[?#!*&;|<>()\\[{'\"$`]"));
    }

    @Test
    void everySentenceIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        Path sources = Path.of(System.getProperty("tidemark.root"), "app/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = PROBLEM.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        assertThat(used).containsAll(keys("problems"));
    }
}
