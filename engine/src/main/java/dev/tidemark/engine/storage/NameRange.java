package dev.tidemark.engine.storage;

import org.jspecify.annotations.Nullable;

/**
 * A range of object names to list. Immutable.
 *
 * @param prefix the beginning of the names
 * @param after only names that sort after this one; {@code null} for all
 */
record NameRange(String prefix, @Nullable String after) {
    private static final char FOLLOWS_SLASH = '/' + 1;

    /** Returns the folder that contains the range. The result is its name with a slash, or the empty text. */
    String folder() {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /** Whether the range contains this name. */
    boolean contains(String name) {
        return name.startsWith(prefix) && (after == null || name.compareTo(after) > 0);
    }

    /**
     * Returns whether a folder of this name can contain names of the range. It cannot if all its names sort before the
     * range. Such a folder need not be listed, and may have thousands of attachments.
     */
    boolean mayContain(String name) {
        return (name.startsWith(prefix) || prefix.startsWith(name + "/"))
                && (after == null || (name + FOLLOWS_SLASH).compareTo(after) > 0);
    }
}
