package dev.tidemark.engine.history;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of how a row became what it is, read at one moment. Immutable.
 *
 * @param table the row's table
 * @param row its id
 * @param versions its changes, the greatest stamp first; empty if nothing is known of the row
 * @param knownFrom no change with a stamp of this clock value or a greater one is missing; 0 if none is missing at all
 */
public record RowHistory(String table, UUID row, List<Version> versions, long knownFrom) {
    /** Stands for the row's existence among its columns. */
    private static final String EXISTENCE = "";

    /** Copies the list. */
    public RowHistory {
        versions = List.copyOf(versions);
    }

    /** Whether no change of the row can have been compacted away. */
    public boolean isComplete() {
        return knownFrom == 0;
    }

    /**
     * The row as it was at a time, by the wall clocks of those who wrote: of all changes made until then, in whatever order
     * they arrived, the greatest stamp wins each column.
     *
     * @return its columns' values, columns that nobody had written left out; empty if there was no such row
     * @throws Changelog.TruncatedException if it depends on changes that may have been compacted away
     */
    public Optional<Map<String, @Nullable Object>> at(Instant time) {
        Map<String, Version> held = winners(time);
        Version delete = latestDelete(time);
        if (!isComplete() && !isCertain(held)) {
            throw new Changelog.TruncatedException(Problem.HISTORY_TOO_OLD, row.toString(), table);
        }
        if (!held.containsKey(EXISTENCE) || (delete != null && !isEditedAfter(held, delete))) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> values = new TreeMap<>();
        held.forEach((column, version) -> {
            Version.Value value = version.columns().get(column);
            if (value != null) {
                values.put(column, value.value());
            }
        });
        return Optional.of(values);
    }

    private boolean isEditedAfter(Map<String, Version> held, Version delete) {
        // Versions are in the order of their stamps.
        return held.values().stream().anyMatch(version -> versions.indexOf(version) < versions.indexOf(delete));
    }

    /** The write that holds each column at the time, and the row's existence. */
    private Map<String, Version> winners(Instant time) {
        Map<String, Version> winners = new HashMap<>();
        for (Version version : versions) {
            if (Instant.ofEpochMilli(version.wallMillis()).isAfter(time)) {
                continue;
            }
            if (version.kind() == Change.Kind.INSERT) {
                winners.putIfAbsent(EXISTENCE, version);
            }
            version.columns().keySet().forEach(column -> winners.putIfAbsent(column, version));
        }
        return winners;
    }

    private @Nullable Version latestDelete(Instant time) {
        return versions.stream()
                .filter(version -> version.kind() == Change.Kind.DELETE)
                .filter(version -> !Instant.ofEpochMilli(version.wallMillis()).isAfter(time))
                .findFirst()
                .orElse(null);
    }

    /** Whether no change that may be missing could have won anything, by what is held now and from when on all is listed. */
    private boolean isCertain(Map<String, Version> held) {
        Map<String, Version> now = winners(Instant.MAX);
        boolean anyRecent = false;
        for (Map.Entry<String, Version> cell : now.entrySet()) {
            Version then = held.get(cell.getKey());
            if (then == null || (!then.dot().equals(cell.getValue().dot()) && then.hlcTime() < knownFrom)) {
                return false;
            }
            anyRecent |= then.hlcTime() >= knownFrom;
        }
        // A delete that is missing would have hidden a row of which nothing is recent, unless this is how it stands
        // now.
        return !now.isEmpty() && (anyRecent || held.equals(now));
    }

    /**
     * Where a row comes from. Times are milliseconds since 1970 on the respective writer's clock. Immutable.
     *
     * @param createdMillis when it was inserted
     * @param createdBy who inserted it
     * @param changedMillis when it was last written
     * @param changedBy who wrote last
     */
    public record Origin(long createdMillis, ReplicaId createdBy, long changedMillis, ReplicaId changedBy) {}

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
    public record Version(
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
        public Version {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }
    }
}
