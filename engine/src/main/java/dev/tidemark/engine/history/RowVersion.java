package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one change did to a row, and what became of it. Immutable, except that blobs are not copied: leave them alone.
 *
 * @param dot who made the change, and its number there
 * @param replicaName the name that its device gave itself; empty if none is known
 * @param hlcTime the clock value of its stamp, which decides what wins; see {@link dev.tidemark.engine.changelog.HlcTimestamp}
 * @param wallMillis milliseconds since 1970 on the writer's own clock: what people are shown
 * @param kind what it did
 * @param columns what it wrote, by column; empty for a delete, and for a save of a long text that was squashed into the next
 * @param status what became of it as a whole
 * @param isComplete whether all that it wrote is listed; else the change itself was compacted away, and these are the columns
 *     that still hold what it wrote
 */
public record RowVersion(
        Dot dot,
        String replicaName,
        long hlcTime,
        long wallMillis,
        Change.Kind kind,
        Map<String, Value> columns,
        WriteStatus status,
        boolean isComplete) {

    /** What became of a write. */
    public enum WriteStatus {
        /** It holds. */
        CURRENT,
        /** A later write, or a delete, took its place. */
        SUPERSEDED,
        /** It lost, but to a writer who had not seen it: it is part of a {@link Conflict} if the values differ. */
        LOSING
    }

    /**
     * What was written to a column.
     *
     * @param value {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}
     * @param status what became of it
     */
    public record Value(@Nullable Object value, WriteStatus status) {}

    /** Copies the map, in its order. */
    public RowVersion {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
