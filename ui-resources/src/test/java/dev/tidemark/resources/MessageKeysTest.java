package dev.tidemark.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The text bundles have no missing and no unused keys, and the same keys in all languages. */
class MessageKeysTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");
    private static final Pattern USE = Pattern.compile("\\bKeys\\.([A-Z0-9_]+)");
    /** Neither is needed for "she" and "they": there is always a noun to say instead. */
    private static final Pattern FORMAL = Pattern.compile("\\b(Sie|Ihnen|Ihr(e[mnrs]?)?)\\b");

    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(Messages.bundle(Locale.GERMAN).keySet())
                .isEqualTo(Messages.bundle(Locale.ENGLISH).keySet());
    }

    @Test
    void everyConstantIsUsed() throws IOException {
        Set<String> unused = new TreeSet<>();
        Arrays.stream(Keys.class.getFields()).map(Field::getName).forEach(unused::add);
        Matcher uses = USE.matcher(sources(ROOT.resolve("app/src/main/java")));
        while (uses.find()) {
            unused.remove(uses.group(1));
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void placeholdersAreTheSameInBothLanguages() {
        for (String key : Messages.bundle(Locale.ENGLISH).keySet()) {
            assertThat(placeholders(Messages.bundle(Locale.GERMAN).getString(key)))
                    .as(key)
                    .isEqualTo(placeholders(Messages.bundle(Locale.ENGLISH).getString(key)));
        }
    }

    @Test
    void everyTextIsAPatternWithoutALoneApostrophe() {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            for (String key : Messages.bundle(locale).keySet()) {
                String pattern = Messages.bundle(locale).getString(key);
                assertThat(LONE_APOSTROPHE.matcher(pattern).find()).as(key).isFalse();
                assertThat(new MessageFormat(pattern, locale).format(new Object[] {1, 2, 3}))
                        .as(key)
                        .isNotBlank();
            }
        }
    }

    /** The window, the commands and the engine speak with one voice, and call the person "du". */
    @Test
    void noGermanTextAddressesAnybodyAsAStranger() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("ui-resources/src/main/resources/dev/tidemark/resources"))) {
            List<Path> german = files.filter(file -> file.toString().endsWith("_de.properties"))
                    .toList();
            assertThat(german).hasSizeGreaterThanOrEqualTo(4);
            for (Path file : german) {
                assertThat(read(file)
                                .lines()
                                .filter(line -> FORMAL.matcher(line).find()))
                        .as(file.getFileName().toString())
                        .isEmpty();
            }
        }
    }

    private static Set<String> placeholders(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String sources(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> all.append(read(file)));
        }
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
