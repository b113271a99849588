package dev.tidemark.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the tests that documents cite as {@code `Class#method`}. */
final class NamedTests {
    private static final Pattern CITED = Pattern.compile("`(\\w+#\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`(\\w*[a-z0-9](?:Test|IT))\\b");
    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|FuzzTest)\\b(?:(?!\\bvoid\\b)[\\s\\S])*?\\bvoid (\\w+)\\(");

    private NamedTests() {}

    /** Returns the tests that a text cites, in its order. */
    static List<String> in(String text) {
        return CITED.matcher(text).results().map(test -> test.group(1)).toList();
    }

    /** Returns the test classes that a text cites, alone or with a method. */
    static List<String> classesIn(String text) {
        return CLASS.matcher(text).results().map(test -> test.group(1)).toList();
    }

    /** Returns every test of all modules, read from their sources. */
    static Set<String> existing(Path root) throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("engine", "engine/load", "app", "ui-resources", "installer")) {
            try (Stream<Path> files = Files.walk(root.resolve(module + "/src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    TEST.matcher(Files.readString(file))
                            .results()
                            .forEach(test -> tests.add(type + "#" + test.group(1)));
                }
            }
        }
        return tests;
    }
}
