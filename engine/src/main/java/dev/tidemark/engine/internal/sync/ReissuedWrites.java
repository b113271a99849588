package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.segment.ContentHash;
import java.nio.charset.StandardCharsets;
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
        Map<Row, Map<String, List<Change>>> sought = new HashMap<>();
        for (Change change : changes) {
            sought.computeIfAbsent(new Row(change.table(), change.row()), row -> new HashMap<>())
                    .computeIfAbsent(digest(change), digest -> new ArrayList<>())
                    .add(change);
        }
        for (Map.Entry<Row, Map<String, List<Change>>> row : sought.entrySet()) {
            Map<String, List<Change>> missing = row.getValue();
            ChangelogQuery query =
                    ChangelogQuery.ALL.row(row.getKey().table(), row.getKey().id());
            try (Stream<Change> held = local.stream(query)) {
                held.takeWhile(change -> !missing.isEmpty()).forEach(change -> take(missing, change));
            }
            if (!missing.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static void take(Map<String, List<Change>> missing, Change held) {
        String digest = digest(held);
        List<Change> equal = missing.get(digest);
        if (equal != null
                && !held.dot().replica().equals(equal.getFirst().dot().replica())
                && equal.stream().allMatch(change -> SegmentComparison.isSameWrite(change, held))) {
            missing.remove(digest);
        }
    }

    private static String digest(Change change) {
        return ContentHash.of(textOf(change).getBytes(StandardCharsets.UTF_8));
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
