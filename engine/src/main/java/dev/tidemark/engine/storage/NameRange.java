package dev.tidemark.engine.storage;

import org.jspecify.annotations.Nullable;

/**
 * Which objects are listed. Immutable.
 *
 * @param prefix what their names begin with
 * @param after their names are greater than this one; {@code null} for all
 */
record NameRange(String prefix, @Nullable String after) {
    private static final char FOLLOWS_SLASH = '/' + 1;

    /** The folder that all of them are in: its name and a slash, or nothing. */
    String folder() {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /** Whether an object of this name is one of them. */
    boolean contains(String name) {
        return name.startsWith(prefix) && (after == null || name.compareTo(after) > 0);
    }

    /**
     * Whether a folder of this name can hold some of them. One whose files all come before need not be looked at: it may
     * have thousands of attachments.
     */
    boolean mayContain(String name) {
        return (name.startsWith(prefix) || prefix.startsWith(name + "/"))
                && (after == null || (name + FOLLOWS_SLASH).compareTo(after) > 0);
    }
}
