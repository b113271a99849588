package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import java.util.function.BooleanSupplier;

/** Adds the lines that the user types into a {@link QuickAddBar}. For the thread of the window. */
public interface QuickAddTarget {
    LineParser lines();

    /**
     * Adds an item.
     *
     * @param refused called if the write fails. It returns whether the field shows the line again
     */
    void add(QuickAdd typed, BooleanSupplier refused);

    /**
     * Adds an item for each line of pasted text. All items are one undo step. Does not parse the lines.
     *
     * @see PastedLines
     */
    void addLines(String text);
}
