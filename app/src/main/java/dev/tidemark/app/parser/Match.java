package dev.tidemark.app.parser;

import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.util.function.Consumer;

/**
 * A parsed phrase. Immutable.
 *
 * @param from the index of the first word of the phrase
 * @param to the index after the last word of the phrase
 * @param end the position in the text after the phrase
 * @param effect sets the fields of the draft that the phrase means
 */
record Match(PartKind kind, int from, int to, int end, Consumer<ItemDraft> effect) {
    /** Creates a match that ends with its last word. */
    static Match of(PartKind kind, TokenSequence words, int from, int to, Consumer<ItemDraft> effect) {
        return new Match(kind, from, to, words.tokens().get(to - 1).end(), effect);
    }
}
