package dev.tidemark.app.parser;

import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.util.function.Consumer;

/**
 * A parsed phrase. Immutable.
 *
 * @param from the index of its first word
 * @param to the index after its last word
 * @param end the position of its end in the text
 * @param effect applies its meaning to the draft
 */
record Match(PartKind kind, int from, int to, int end, Consumer<ItemDraft> effect) {
    /** A phrase of whole words. */
    static Match of(PartKind kind, TokenSequence words, int from, int to, Consumer<ItemDraft> effect) {
        return new Match(kind, from, to, words.tokens().get(to - 1).end(), effect);
    }
}
