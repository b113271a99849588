package dev.tidemark.app.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of the text, with the marks at its end apart. Immutable.
 *
 * @param start where it begins in the text
 * @param word without a comma or the like at its end
 * @param marks what stands at its end, mostly nothing
 */
record Token(int start, String word, String marks) {
    private static final Pattern WORD = Pattern.compile("(\\S*?[^\\s,;:?!)])([,;:?!)]*)(?=\\s|$)|(\\S+)");

    int end() {
        return start + word.length();
    }

    /** The words of a text in their order. */
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
