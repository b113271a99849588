package dev.tidemark.app.quickadd;

import dev.tidemark.app.quick.QuickAdd;
import java.util.Set;

/** Where what is typed into a {@link QuickAddBar} goes. For the thread of the window. */
public interface QuickAddTarget {
    /**
     * What a line means that is being typed.
     *
     * @param literal pieces of it that the person wants in the title
     */
    QuickAdd understand(String line, Set<String> literal);

    /** Whether there is a list of this name, in any case. */
    boolean hasList(String name);

    /**
     * Adds what was typed; a blank line adds nothing.
     *
     * @param refused called if it could not be added
     */
    void add(QuickAdd typed, Runnable refused);

    /**
     * Adds an item for each line of a text from elsewhere, as one step; nothing in it is interpreted.
     *
     * @see PastedLines
     */
    void addLines(String text);
}
