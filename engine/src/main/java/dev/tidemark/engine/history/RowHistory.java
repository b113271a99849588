package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
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
 * The known changes of a row, read at one moment. Immutable.
 *
 * @param table the row's table
 * @param row the row's id
 * @param versions the row's changes, the greatest timestamp first; empty if no change of the row is known
 * @param knownFrom the clock value from which no change is missing; 0 if the history is complete
 */
public record RowHistory(String table, UUID row, List<Version> versions, long knownFrom) {
    /** The key that stands for the row's existence among the keys of columns. */
    private static final String EXISTENCE = "";

    /** Copies the list. */
    public RowHistory {
        versions = List.copyOf(versions);
    }

    /** Whether the history certainly has all changes of the row, because none was truncated. */
    public boolean isComplete() {
        return knownFrom == 0;
    }

    /**
     * Returns the row as it was at a time, by the writers' wall clocks. For each column, the change with the greatest
     * timestamp of all changes made until then wins, whenever it arrived on this device.
     *
     * @return the values of the columns that had been written; empty if the row did not exist then
     * @throws Changelog.TruncatedException if the result depends on changes that may have been truncated
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
        // Versions are in the order of their timestamps, the greatest first.
        return held.values().stream().anyMatch(version -> versions.indexOf(version) < versions.indexOf(delete));
    }

    /** Returns the winning write of each column and of the row's existence at that time. */
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

    /**
     * Whether it is certain, from the present winners and {@code knownFrom}, that no missing change won a column at
     * that time.
     */
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
        // A missing delete may have hidden a row that has no recent writes, unless the writes at that time are the
        // current winners.
        return !now.isEmpty() && (anyRecent || held.equals(now));
    }

    /**
     * The replicas that created a row and wrote it last, and the times. Times are milliseconds since 1970 on the
     * writer's clock. Immutable.
     *
     * @param createdMillis the time of the row's insert
     * @param createdBy the replica that inserted the row
     * @param changedMillis the time of the row's last write
     * @param changedBy the replica that wrote the row last
     */
    public record Origin(long createdMillis, ReplicaId createdBy, long changedMillis, ReplicaId changedBy) {}

    /**
     * One change of a row, and its present status. Immutable, except that blobs are not copied. Do not change them.
     *
     * @param dot the replica that made the change, and its sequence number
     * @param replicaName the name of the replica's device; empty if unknown
     * @param hlcTime the clock value that decides the winner; see {@link dev.tidemark.engine.changelog.HlcTimestamp}
     * @param wallMillis milliseconds since 1970 on the writer's own clock, for display
     * @param kind insert, update, delete or schema
     * @param columns the change's values by column; empty for a delete, and for a save of a long text that was squashed
     *     into the next save
     * @param status the status of the whole change
     * @param isComplete whether all values of the change are listed. Otherwise the change was truncated, and only the
     *     columns that it still wins are listed
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

        /** The present status of a write. */
        public enum WriteStatus {
            /** The write is the winning version. */
            CURRENT,
            /** A later write or a delete has replaced the write. */
            SUPERSEDED,
            /** The write lost to a concurrent write. It is part of a {@link Conflict} if the values differ. */
            LOSING
        }

        /**
         * A value written to a column.
         *
         * @param value {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}
         * @param status the present status of the write
         */
        public record Value(@Nullable Object value, WriteStatus status) {}

        /** Copies the map, preserving its order. */
        public Version {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }
    }
}
