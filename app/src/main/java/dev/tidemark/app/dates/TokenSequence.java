package dev.tidemark.app.dates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text. A word with trailing punctuation ends a phrase. Immutable.
 *
 * @param text the text as the user typed it
 */
public record TokenSequence(String text, List<Token> tokens) {
    /** Splits a text into its words. */
    public static TokenSequence of(String text) {
        return new TokenSequence(text, List.copyOf(Token.of(text)));
    }

    /** Returns the word at this index; {@code null} if the index is out of range. */
    public @Nullable Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }

    /**
     * Returns the word at this index; {@code null} if there is none, or if punctuation separates it from the word
     * before.
     */
    public @Nullable Token following(int index) {
        Token before = at(index - 1);
        return before == null || before.marks().isEmpty() ? at(index) : null;
    }
}
