package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import java.util.function.BooleanSupplier;

/** Where what is typed into a {@link QuickAddBar} goes. For the thread of the window. */
public interface QuickAddTarget {
    /** Understands what is being typed. */
    LineParser lines();

    /**
     * Adds what was typed; a blank line adds nothing.
     *
     * @param refused called if it could not be added; returns whether the user has the line in the field again
     */
    void add(QuickAdd typed, BooleanSupplier refused);

    /**
     * Adds an item for each line of a text from elsewhere, as one step; nothing in it is interpreted.
     *
     * @see PastedLines
     */
    void addLines(String text);
}
