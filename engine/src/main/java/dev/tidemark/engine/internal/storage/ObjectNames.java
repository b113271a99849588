package dev.tidemark.engine.internal.storage;

import java.util.regex.Pattern;

/**
 * Checks the names of objects. An allowed name is safe on every file system and in every URL, has no upper-case
 * letters, and differs from names of files that sync clients leave behind. Thread-safe.
 */
public final class ObjectNames {
    /**
     * The maximal number of objects in a listing, which bounds the memory that it needs. No library has so many
     * objects.
     */
    public static final int MAX_LISTED = 250_000;

    /** The maximal number of parts of a name. No name that Tidemark creates has so many. */
    public static final int MAX_SEGMENTS = 8;

    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,119}");

    private ObjectNames() {}

    /** Whether an object may have this name. */
    public static boolean isAllowed(String name) {
        int start = 0;
        while (true) {
            int slash = name.indexOf('/', start);
            String segment = slash < 0 ? name.substring(start) : name.substring(start, slash);
            if (!isAllowedSegment(segment)) {
                return false;
            }
            if (slash < 0) {
                return true;
            }
            start = slash + 1;
        }
    }

    /**
     * Whether one part of a name is allowed. The names of conflict copies are not: those of Dropbox, OneDrive and file
     * managers contain blanks, brackets or capitals, and those of Syncthing {@code sync-conflict}. The names of
     * half-written files are not allowed either: they begin with a dot or {@code ~}, or end in {@code .tmp} or
     * {@code .part}.
     */
    public static boolean isAllowedSegment(String segment) {
        return SEGMENT.matcher(segment).matches()
                && !segment.contains("sync-conflict")
                && !segment.contains("conflicted")
                && !segment.endsWith(".tmp")
                && !segment.endsWith(".part")
                && !segment.endsWith(".");
    }

    /** @throws IllegalArgumentException if no object may have this name */
    public static void require(String name) {
        if (!isAllowed(name)) {
            throw new IllegalArgumentException("No object may be called '" + name + "'");
        }
    }
}
