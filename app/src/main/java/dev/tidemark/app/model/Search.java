package dev.tidemark.app.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed search. An item matches if all terms match:
 *
 * <ul>
 * <li>a word matches the beginning of a word in title or body, ignoring case and accents;
 * <li>{@code "a phrase"} matches these words in sequence;
 * <li>{@code tag:}, {@code list:}, {@code due:}, {@code is:}, {@code has:} and {@code priority:} match fields (see
 * {@link SearchOperators});
 * <li>{@code -} before a term negates it.
 * </ul>
 *
 * <p>Text that is none of these counts as words, so parsing never fails. Immutable.
 *
 * @param terms the terms, in the order in which the user typed them
 */
public record Search(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("(-?)(?:(\\p{L}+):)?(?:\"([^\"]*)(\"?)|(\\S+))");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}\\p{Co}]");
    /**
     * Characters of scripts without spaces between words. The index treats a run of them as one word and cannot search
     * inside it.
     */
    private static final Pattern UNSEGMENTED = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");

    /** Control characters and unpaired surrogates, which no text in the database has. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    /** One term of a search. */
    public sealed interface Term {
        boolean negated();
    }

    /**
     * Words in sequence.
     *
     * @param begins whether the last word need only be the beginning of a word
     */
    public record Words(String text, boolean begins, boolean negated) implements Term {
        /**
         * Whether the index can find the words. The index cannot find punctuation, or a word inside a run of Chinese
         * characters.
         */
        boolean isIndexed() {
            return TOKEN.matcher(text).find() && !isUnsegmented(text);
        }

        String match() {
            return '"' + text.replace("\"", "\"\"") + '"' + (begins ? "*" : "");
        }
    }

    /**
     * A condition on the fields of an item {@code i}.
     *
     * @param showsDone whether the results include completed items
     * @param showsTrashed whether the search is in the trash
     */
    public record Field(String sql, List<Object> parameters, boolean showsDone, boolean showsTrashed, boolean negated)
            implements Term {
        Field not() {
            return new Field(sql, parameters, showsDone, showsTrashed, !negated);
        }
    }

    public Search {
        terms = List.copyOf(terms);
    }

    /**
     * Parses what the user typed. Accepts any text.
     *
     * @param today the day of {@code due:today}
     */
    public static Search parse(String line, LocalDate today) {
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(CONTROL.matcher(line).replaceAll(" "));
        SearchOperators operators = new SearchOperators(today);
        while (matcher.find()) {
            Term term = term(matcher, operators);
            if (term != null) {
                terms.add(term);
            }
        }
        return new Search(terms);
    }

    private static @Nullable Term term(Matcher matcher, SearchOperators operators) {
        boolean negated = !matcher.group(1).isEmpty();
        String operator = matcher.group(2);
        String phrase = matcher.group(3);
        String value = phrase == null ? matcher.group(5) : phrase;
        if (operator != null) {
            Field field = operators.field(operator.toLowerCase(Locale.ROOT), value);
            if (field != null) {
                return negated ? field.not() : field;
            }
            String typed = phrase == null ? operator + ":" + value : operator + " " + value;
            return new Words(typed, true, negated);
        }
        if (value.isBlank() || (value.equals("-") && phrase == null)) {
            return null;
        }
        return new Words(value.strip(), phrase == null || matcher.group(4).isEmpty(), negated);
    }

    /** Whether the text is in a script without spaces between words, so a search must look inside words. */
    public static boolean isUnsegmented(String text) {
        return UNSEGMENTED.matcher(text).find();
    }

    /** Returns the words that must match, so that they can be highlighted. */
    public List<String> words() {
        return terms.stream()
                .filter(term -> term instanceof Words words && !words.negated())
                .map(term -> ((Words) term).text())
                .toList();
    }
}
