import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes two classes of constants, so that a misspelled name does not compile: {@code Keys} has the keys of the bundle
 * {@code messages}, and {@code Styles} has the style classes of the stylesheets. Maven runs this file before compiling.
 *
 * <p>The arguments are the folder of the resources and the folder for the generated sources.
 */
final class ConstantsGenerator {
    private static final Pattern NO_SELECTOR = Pattern.compile("/\\*.*?\\*/|\\{[^}]*}|\"[^\"]*\"", Pattern.DOTALL);
    private static final Pattern STYLE_CLASS = Pattern.compile("\\.(\\p{Alpha}[\\w-]*)");

    private ConstantsGenerator() {}

    public static void main(String[] arguments) throws IOException {
        Path resources = Path.of(arguments[0], "dev/tidemark/resources");
        Path sources = Path.of(arguments[1], "dev/tidemark/resources");
        Files.createDirectories(sources);
        Properties texts = new Properties();
        try (var reader = Files.newBufferedReader(resources.resolve("messages.properties"))) {
            texts.load(reader);
        }
        write(sources, "Keys", "The keys of the bundle {@code messages}.", texts.stringPropertyNames());
        Set<String> styles = new TreeSet<>();
        try (var sheets = Files.newDirectoryStream(resources.resolve("css"), "*.css")) {
            for (Path sheet : sheets) {
                String selectors = NO_SELECTOR.matcher(Files.readString(sheet)).replaceAll("");
                STYLE_CLASS.matcher(selectors).results().forEach(found -> styles.add(found.group(1)));
            }
        }
        write(sources, "Styles", "The style classes of the stylesheets, those of JavaFX among them.", styles);
    }

    /** Writes a file only if it changed, so that Maven does not recompile the classes that use it. */
    private static void write(Path folder, String type, String about, Set<String> values) throws IOException {
        String constants = values.stream()
                .sorted()
                .map(value -> "    public static final String %s = \"%s\";\n"
                        .formatted(value.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value))
                .collect(Collectors.joining());
        String source = """
            package dev.tidemark.resources;

            /** %s Generated. */
            public final class %s {
            %s
                private %s() {}
            }
            """.formatted(about, type, constants, type);
        Path file = folder.resolve(type + ".java");
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
