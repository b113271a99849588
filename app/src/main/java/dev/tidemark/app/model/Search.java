package dev.tidemark.app.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a line in the search field means. All of its terms must hold: words are found where one in the title or the text begins
 * like them, whatever the case and the accents; {@code "a phrase"} as it stands; {@code tag:}, {@code list:}, {@code due:}, {@code is:},
 * {@code has:} and {@code priority:} look at the fields (see {@link SearchOperators}); {@code -} before a term means that it must not hold. What is
 * not understood is a word like any other, so that no line is wrong. Immutable.
 *
 * @param terms in the order of the line
 */
public record Search(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("(-?)(?:(\\p{L}+):)?(?:\"([^\"]*)(\"?)|(\\S+))");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}\\p{Co}]");
    /** Scripts that put no blanks between words: the index takes a whole run of them for one word, and knows nothing within it. */
    private static final Pattern RUNS_ON = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");

    /** Also halves of characters, which no text in the database has. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    /** One term of a search. */
    public sealed interface Term {
        /** Whether it must not hold. */
        boolean negated();
    }

    /**
     * Words that are to follow one another.
     *
     * @param begins whether the last of them is only the beginning of one
     */
    public record Words(String text, boolean begins, boolean negated) implements Term {
        /** Whether the index knows anything of it: signs alone are not in it, nor is what stands within a run of Chinese, say. */
        boolean isIndexed() {
            return TOKEN.matcher(text).find() && !runsOn(text);
        }

        /** As the full-text index wants it. */
        String match() {
            return '"' + text.replace("\"", "\"\"") + '"' + (begins ? "*" : "");
        }
    }

    /**
     * A condition on the fields of an item {@code i}.
     *
     * @param sql with places for the parameters
     * @param showsDone whether it asks for what is done
     * @param showsTrashed whether it asks for what lies in the trash
     */
    public record Field(String sql, List<Object> parameters, boolean showsDone, boolean showsTrashed, boolean negated)
            implements Term {
        Field not() {
            return new Field(sql, parameters, showsDone, showsTrashed, !negated);
        }
    }

    /** Copies the list. */
    public Search {
        terms = List.copyOf(terms);
    }

    /**
     * Understands a line. There is none that it fails for.
     *
     * @param today what {@code due:today} means
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

    /** Whether it is written without blanks between words, so that it is found within others, too. */
    public static boolean runsOn(String text) {
        return RUNS_ON.matcher(text).find();
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The words that are looked for, to be shown where they were found. */
    public List<String> words() {
        return terms.stream()
                .filter(term -> term instanceof Words words && !words.negated())
                .map(term -> ((Words) term).text())
                .toList();
    }
}
