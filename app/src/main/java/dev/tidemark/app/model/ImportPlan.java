package dev.tidemark.app.model;

import java.util.List;

/**
 * What is in a file, and what importing it would do to a library as it is. Immutable.
 *
 * @param todos how many todos the file has
 * @param notes how many notes
 * @param added how many of them are not in the library
 * @param changed how many are, and differ
 * @param newLists the names of the lists that would be made, in the order of the file
 * @param titles the first titles in the file
 */
public record ImportPlan(int todos, int notes, int added, int changed, List<String> newLists, List<String> titles) {
    /** So many titles tell a person which file this is. */
    static final int TITLES = 5;

    /** How many items the file has. */
    public int items() {
        return todos + notes;
    }

    /** How many are in the library as they are in the file. */
    public int same() {
        return items() - added - changed;
    }
}
