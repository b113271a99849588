package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import java.util.Collection;

/**
 * Which kinds and columns some changes have, as bits. Columns share 62 bits by the hash of their names, so a set bit
 * says only that a column may be there, and a clear one that it is not. Mutable, not thread-safe.
 */
final class ContentMask {
    private static final int COLUMN_BITS = 62;

    private long kinds;
    private long columns;

    void add(Change change) {
        kinds |= kind(change.kind());
        columns |= columns(change.values().keySet());
    }

    long kinds() {
        return kinds;
    }

    long columns() {
        return columns;
    }

    /** The bits of the kinds that a query asks for; 0 if it asks for all. */
    static long kindsOf(ChangelogQuery query) {
        long mask = 0;
        for (Change.Kind kind : query.wantedKinds()) {
            mask |= kind(kind);
        }
        return mask;
    }

    /** The bits of the columns that a query asks for; 0 if it asks for all. */
    static long columnsOf(ChangelogQuery query) {
        return columns(query.wantedColumns());
    }

    /** These bits are stored, so they stay as they are. */
    private static long kind(Change.Kind kind) {
        return switch (kind) {
            case INSERT -> 1;
            case UPDATE -> 2;
            case DELETE -> 4;
            case SCHEMA -> 8;
            case ERASED -> 16;
        };
    }

    private static long columns(Collection<String> names) {
        long mask = 0;
        for (String name : names) {
            mask |= 1L << Math.floorMod(name.hashCode(), COLUMN_BITS);
        }
        return mask;
    }
}
