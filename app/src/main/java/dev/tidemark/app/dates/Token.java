package dev.tidemark.app.dates;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of the text, without trailing punctuation. Immutable.
 *
 * @param start the position of the word in the text
 * @param marks the punctuation after the word, usually empty
 */
public record Token(int start, String word, String marks) {
    private static final Pattern WORD = Pattern.compile("(\\S*?[^\\s,;:?!)])([,;:?!)]*)(?=\\s|$)|(\\S+)");

    public int end() {
        return start + word.length();
    }

    /** Splits a text into its words. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            boolean apart = words.group(1) != null;
            tokens.add(new Token(words.start(), apart ? words.group(1) : words.group(3), apart ? words.group(2) : ""));
        }
        return tokens;
    }
}
