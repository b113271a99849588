package dev.tidemark.app.detail;

/**
 * A position under the mouse.
 *
 * @param at the insertion position
 * @param forward whether a caret at the end of a wrapped row is drawn at the start of the next one
 */
record LineHit(int at, boolean forward) {
    LineHit plus(int start) {
        return new LineHit(at + start, forward);
    }
}
