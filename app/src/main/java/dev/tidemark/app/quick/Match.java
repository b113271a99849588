package dev.tidemark.app.quick;

import dev.tidemark.app.quick.QuickAdd.PartKind;
import java.util.function.Consumer;

/**
 * A phrase that was understood. Immutable.
 *
 * @param kind as what
 * @param from the index of its first word
 * @param to the index after its last word
 * @param end where it ends in the text
 * @param effect what it says of the item
 */
record Match(PartKind kind, int from, int to, int end, Consumer<Draft> effect) {
    /** A phrase of whole words. */
    static Match of(PartKind kind, Words words, int from, int to, Consumer<Draft> effect) {
        return new Match(kind, from, to, words.tokens().get(to - 1).end(), effect);
    }
}
