package dev.tidemark.app.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text, for a grammar that looks at them one after another. A word with a mark at its end is the last of
 * a phrase. Immutable.
 *
 * @param text as it was typed
 * @param tokens its words
 */
record TokenSequence(String text, List<Token> tokens) {
    static TokenSequence of(String text) {
        return new TokenSequence(text, List.copyOf(Token.of(text)));
    }

    /** The word at this index; {@code null} beyond the end. */
    @Nullable
    Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : null;
    }

    /** The word at this index, if it can belong to the same phrase as the one before. */
    @Nullable
    Token following(int index) {
        Token before = at(index - 1);
        return before == null || before.marks().isEmpty() ? at(index) : null;
    }
}
