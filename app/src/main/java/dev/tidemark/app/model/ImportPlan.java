package dev.tidemark.app.model;

import java.util.List;

/**
 * A summary of an import file and of the changes that importing it would make. Immutable.
 *
 * @param added the number of items that the library does not have
 * @param changed the number of existing items whose values the import would change
 * @param attachments the number of files to attach
 * @param newLists the names of the lists that the import would create, in the order of the file
 */
public record ImportPlan(
        int todos, int notes, int added, int changed, int attachments, List<String> newLists, List<String> titles) {
    /** The maximal number of titles. Some titles let the user recognise the file. */
    static final int TITLES = 5;

    public int items() {
        return todos + notes;
    }

    /** Returns the number of items that the library already has with the same values. */
    public int unchanged() {
        return items() - added - changed;
    }
}
