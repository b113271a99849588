package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import java.util.function.BooleanSupplier;

/** Receives the lines that the user types into a {@link QuickAddBar}. For the thread of the window. */
public interface QuickAddTarget {
    LineParser lines();

    /** Adds an item. If the write fails, {@code refused} returns whether the field shows the line again. */
    void add(QuickAdd typed, BooleanSupplier refused);

    /**
     * Adds an item for each line of pasted text, as one undo step, without parsing the lines.
     *
     * @see PastedLines
     */
    void addLines(String text);
}
