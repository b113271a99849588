package dev.tidemark.engine.history;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogTruncatedException;
import java.time.Instant;
import java.util.HashMap;
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
public record RowHistory(String table, UUID row, List<RowVersion> versions, long knownFrom) {
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
     * @throws ChangelogTruncatedException if it depends on changes that may have been compacted away
     */
    public Optional<Map<String, @Nullable Object>> at(Instant time) {
        Map<String, RowVersion> held = winners(time);
        RowVersion delete = latestDelete(time);
        if (!isComplete() && !isCertain(held)) {
            throw new ChangelogTruncatedException(Problem.HISTORY_TOO_OLD, row.toString(), table);
        }
        if (!held.containsKey(EXISTENCE) || (delete != null && !isEditedAfter(held, delete))) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> values = new TreeMap<>();
        held.forEach((column, version) -> {
            RowVersion.Value value = version.columns().get(column);
            if (value != null) {
                values.put(column, value.value());
            }
        });
        return Optional.of(values);
    }

    private boolean isEditedAfter(Map<String, RowVersion> held, RowVersion delete) {
        // Versions are in the order of their stamps.
        return held.values().stream().anyMatch(version -> versions.indexOf(version) < versions.indexOf(delete));
    }

    /** The write that holds each column at the time, and the row's existence. */
    private Map<String, RowVersion> winners(Instant time) {
        Map<String, RowVersion> winners = new HashMap<>();
        for (RowVersion version : versions) {
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

    private @Nullable RowVersion latestDelete(Instant time) {
        return versions.stream()
                .filter(version -> version.kind() == Change.Kind.DELETE)
                .filter(version -> !Instant.ofEpochMilli(version.wallMillis()).isAfter(time))
                .findFirst()
                .orElse(null);
    }

    /** Whether no change that may be missing could have won anything, by what is held now and from when on all is listed. */
    private boolean isCertain(Map<String, RowVersion> held) {
        Map<String, RowVersion> now = winners(Instant.MAX);
        boolean anyRecent = false;
        for (Map.Entry<String, RowVersion> cell : now.entrySet()) {
            RowVersion then = held.get(cell.getKey());
            if (then == null || (!then.dot().equals(cell.getValue().dot()) && then.hlcTime() < knownFrom)) {
                return false;
            }
            anyRecent |= then.hlcTime() >= knownFrom;
        }
        // A delete that is missing would have hidden a row of which nothing is recent, unless this is how it stands
        // now.
        return !now.isEmpty() && (anyRecent || held.equals(now));
    }
}
