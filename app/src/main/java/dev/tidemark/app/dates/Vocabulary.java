package dev.tidemark.app.dates;

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
 * Maps the words of one language to meanings for quick add. In the bundle {@code quick}, each key is a meaning, and its
 * value lists the words. A word may have several meanings. The bundle marks some words with {@code ~}, because German
 * nouns are spelled like them. A marked word counts only in lower case or at the start of the text. Immutable.
 */
public final class Vocabulary {
    private static final String BUNDLE = "dev.tidemark.resources.quick";

    private final Map<String, Set<String>> meanings = new HashMap<>();
    private final Locale locale;

    /** @param locale the input language; any language other than German means English */
    public Vocabulary(Locale locale) {
        this.locale = locale;
        // Without this control, Java would fall back to the system's language before English.
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        for (String meaning : bundle.keySet()) {
            for (String word : bundle.getString(meaning).split("\\|", -1)) {
                meanings.computeIfAbsent(word, key -> new HashSet<>()).add(meaning);
            }
        }
    }

    public boolean means(@Nullable Token token, String meaning) {
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
     * Returns the index of the first name in the list that is a meaning of the word; -1 if none is.
     *
     * @param prefix the beginning of the meanings, such as {@code day.}, which the names in the list omit
     */
    public int index(@Nullable Token token, String prefix, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(index -> means(token, prefix + names.get(index)))
                .findFirst()
                .orElse(-1);
    }

    /**
     * Returns the first constant whose name is a meaning of the word, as in {@link #index}; {@code null} if none is.
     */
    public <E extends Enum<E>> @Nullable E constant(@Nullable Token token, String prefix, E[] constants) {
        List<String> names = Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = index(token, prefix, names);
        return index < 0 ? null : constants[index];
    }

    /**
     * Returns the number that a word means. The word has up to four digits or means one. Returns -1 for any other word.
     */
    public int number(@Nullable Token token) {
        if (token == null) {
            return -1;
        }
        if (token.word().matches("\\d{1,4}")) {
            return Integer.parseInt(token.word());
        }
        return means(token, "one") ? 1 : -1;
    }
}
