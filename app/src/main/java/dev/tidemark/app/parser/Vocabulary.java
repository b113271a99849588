package dev.tidemark.app.parser;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language that quick add understands, from the bundle {@code quick}: each key is a meaning, its value
 * the words for it. A word may have several meanings. One with {@code ~} before it is meant only in lower case, or where
 * the text begins: German has nouns that sound alike. Immutable.
 */
final class Vocabulary {
    private static final String BUNDLE = "dev.tidemark.resources.quick";

    private final Map<String, Set<String>> meanings = new HashMap<>();
    private final Locale locale;

    Vocabulary(Locale locale) {
        this.locale = locale;
        // Else English would be looked for in the machine's own language first.
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        for (String meaning : bundle.keySet()) {
            for (String word : bundle.getString(meaning).split("\\|", -1)) {
                meanings.computeIfAbsent(word, key -> new HashSet<>()).add(meaning);
            }
        }
    }

    /** Whether this word can mean that. */
    boolean means(@Nullable Token token, String meaning) {
        if (token == null) {
            return false;
        }
        String word = token.word().toLowerCase(locale);
        boolean plain = token.start() == 0 || word.equals(token.word());
        return of(word).contains(meaning) || (plain && of("~" + word).contains(meaning));
    }

    private Set<String> of(String word) {
        return meanings.getOrDefault(word, Set.of());
    }

    /**
     * Which of several meanings the word has: the index in the list, or -1 for none.
     *
     * @param prefix what stands before each of them, such as {@code day.}
     */
    int index(@Nullable Token token, String prefix, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(index -> means(token, prefix + names.get(index)))
                .findFirst()
                .orElse(-1);
    }

    /** The same for the constants of an enumeration, whose names are the meanings; {@code null} for none. */
    <E extends Enum<E>> @Nullable E constant(@Nullable Token token, String prefix, E[] constants) {
        List<String> names = Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = index(token, prefix, names);
        return index < 0 ? null : constants[index];
    }

    /** A whole number in digits, or a word for one. -1 if it is neither. */
    int number(@Nullable Token token) {
        if (token == null) {
            return -1;
        }
        if (token.word().matches("\\d{1,4}")) {
            return Integer.parseInt(token.word());
        }
        return means(token, "one") ? 1 : -1;
    }
}
