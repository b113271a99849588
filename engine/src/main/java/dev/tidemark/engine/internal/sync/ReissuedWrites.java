package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.segment.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds changes that this device holds under another id. Reads the changes of each row once, not once for each change. */
final class ReissuedWrites {
    /** The number of changes that are looked up at once, to bound memory: all may be of one row. */
    static final int AT_ONCE = 10_000;

    /** The most changes of a row with one timestamp. A replica uses a timestamp once, so only invented branches have more. */
    private static final int MAX_OF_ONE_TIME = 32;

    private final LocalChangelog local;

    private record Row(String table, UUID id) {}

    ReissuedWrites(LocalChangelog local) {
        this.local = local;
    }

    /** Whether this device holds all these changes, of one replica, under other ids. */
    boolean holdAll(List<Change> changes) {
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            if (!holdPage(changes.subList(from, Math.min(changes.size(), from + AT_ONCE)))) {
                return false;
            }
        }
        return true;
    }

    private boolean holdPage(List<Change> changes) {
        Map<Row, Map<Long, List<Change>>> sought = new HashMap<>();
        for (Change change : changes) {
            sought.computeIfAbsent(new Row(change.table(), change.row()), row -> new HashMap<>())
                    .computeIfAbsent(change.hlcTime(), time -> new ArrayList<>())
                    .add(change);
        }
        for (Map.Entry<Row, Map<Long, List<Change>>> row : sought.entrySet()) {
            Map<Long, List<Change>> missing = row.getValue();
            if (missing.values().stream().anyMatch(equal -> equal.size() > MAX_OF_ONE_TIME)) {
                return false;
            }
            takeHeld(row.getKey(), missing);
            if (!missing.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Removes the changes of a row that this device holds. An erased copy counts only if a delete here has seen it:
     * otherwise its values would be lost with the file, and anybody who can write to the storage can invent such copies.
     */
    private void takeHeld(Row row, Map<Long, List<Change>> missing) {
        List<Change> erased = new ArrayList<>();
        List<Change> deletes = new ArrayList<>();
        try (Stream<Change> all = local.stream(ChangelogQuery.ALL.row(row.table(), row.id()))) {
            all.takeWhile(change -> !missing.isEmpty()).forEach(held -> {
                if (held.kind() == Change.Kind.ERASED) {
                    erased.add(held);
                    return;
                }
                if (held.kind() == Change.Kind.DELETE) {
                    deletes.add(held);
                }
                take(missing, held);
            });
        }
        erased.stream()
                .filter(copy -> missing.containsKey(copy.hlcTime()))
                .filter(copy -> deletes.stream().anyMatch(delete -> delete.hasSeen(copy.dot())))
                .forEach(copy -> take(missing, copy));
    }

    private static void take(Map<Long, List<Change>> missing, Change held) {
        List<Change> ofTime = missing.get(held.hlcTime());
        if (ofTime != null) {
            ofTime.removeIf(change -> !held.dot().replica().equals(change.dot().replica())
                    && SegmentComparison.isSameWrite(change, held));
            if (ofTime.isEmpty()) {
                missing.remove(held.hlcTime());
            }
        }
    }

    /** Encodes the change without its dot and context as text. */
    static String textOf(Change change) {
        StringBuilder text = new StringBuilder()
                .append(change.hlcTime())
                .append(' ')
                .append(change.wallMillis())
                .append(' ')
                .append(change.kind())
                .append(' ')
                .append(change.table())
                .append(' ')
                .append(change.row());
        new TreeMap<>(change.values())
                .forEach((column, value) -> text.append('\n')
                        .append(column)
                        .append('=')
                        .append(value instanceof byte[] bytes ? ContentHash.of(bytes) : Objects.toString(value)));
        return text.toString();
    }
}
