package dev.tidemark.app.checkpoints;

import dev.tidemark.engine.changelog.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * Counts the changes between two checkpoints, by device and by list. Immutable.
 *
 * @param devices the counts, keyed by replica id
 * @param lists the counts, keyed by the id of the list that the changed item was in at the checkpoint. The key for
 *     items without a list and for rows of other tables is the empty text.
 */
public record Attribution(Map<String, Count> devices, Map<String, Count> lists) {
    /** No changes. */
    public static final Attribution NONE = new Attribution(Map.of(), Map.of());

    /**
     * The number of the changes of a device or list, and the times of the first and the last of them.
     *
     * @param name the name of the device or list at that time; may be empty
     */
    public record Count(String name, long changes, Instant first, Instant last) {
        private Count and(Change change) {
            Instant at = Instant.ofEpochMilli(change.wallMillis());
            return new Count(name, changes + 1, at.isBefore(first) ? at : first, at.isAfter(last) ? at : last);
        }
    }

    /**
     * A share of all changes.
     *
     * @param id the replica or the list
     * @param percent the share in whole percents. The percents of all shares add up to 100.
     */
    public record Share(String id, Count count, int percent) {}

    public Attribution {
        devices = java.util.Collections.unmodifiableMap(new TreeMap<>(devices));
        lists = java.util.Collections.unmodifiableMap(new TreeMap<>(lists));
    }

    static void count(Map<String, Count> counts, String id, String name, Change change) {
        Instant at = Instant.ofEpochMilli(change.wallMillis());
        counts.merge(id, new Count(name, 1, at, at), (known, one) -> known.and(change));
    }

    /**
     * Returns the shares, largest first. Percents are rounded down, and the shares with the largest remainders get the
     * percents that are left.
     *
     * @return empty if there are no counts
     */
    public static List<Share> shares(Map<String, Count> counts) {
        long all = counts.values().stream().mapToLong(Count::changes).sum();
        List<Map.Entry<String, Count>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Comparator.comparingLong(
                        (Map.Entry<String, Count> each) -> each.getValue().changes())
                .reversed()
                .thenComparing(Map.Entry::getKey));
        int[] percents = new int[sorted.size()];
        List<Integer> byRemainder = new ArrayList<>();
        int left = 100;
        for (int index = 0; index < percents.length; index++) {
            percents[index] = all == 0 ? 0 : (int) (sorted.get(index).getValue().changes() * 100 / all);
            left -= percents[index];
            byRemainder.add(index);
        }
        byRemainder.sort(Comparator.comparingLong(
                index -> all == 0 ? 0 : -(sorted.get(index).getValue().changes() * 100 % all)));
        for (int index = 0; left > 0 && !byRemainder.isEmpty(); index++, left--) {
            percents[byRemainder.get(index % byRemainder.size())]++;
        }
        List<Share> shares = new ArrayList<>();
        for (int index = 0; index < percents.length; index++) {
            shares.add(new Share(sorted.get(index).getKey(), sorted.get(index).getValue(), percents[index]));
        }
        return shares;
    }

    /** The number of changes. */
    public long changes() {
        return devices.values().stream().mapToLong(Count::changes).sum();
    }

    String json() {
        try {
            return JSON.std.asString(Map.of("devices", fields(devices), "lists", fields(lists)));
        } catch (JacksonException e) {
            throw new IllegalStateException("Maps of texts and numbers can be written", e);
        }
    }

    private static Map<String, Object> fields(Map<String, Count> counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        counts.forEach((id, count) -> fields.put(
                id,
                Map.of(
                        "name",
                        count.name(),
                        "changes",
                        count.changes(),
                        "first",
                        count.first().toEpochMilli(),
                        "last",
                        count.last().toEpochMilli())));
        return fields;
    }

    /** Parses the result of {@link #json}; returns {@code null} for any other text. */
    static @Nullable Attribution parse(String json) {
        Map<String, Object> all;
        try {
            all = JSON.std.mapFrom(json);
        } catch (JacksonException e) {
            return null;
        }
        Map<String, Count> devices = counts(all.get("devices"));
        Map<String, Count> lists = counts(all.get("lists"));
        return devices == null || lists == null ? null : new Attribution(devices, lists);
    }

    private static @Nullable Map<String, Count> counts(@Nullable Object fields) {
        if (!(fields instanceof Map<?, ?> all)) {
            return null;
        }
        Map<String, Count> counts = new TreeMap<>();
        for (Map.Entry<?, ?> each : all.entrySet()) {
            if (!(each.getValue() instanceof Map<?, ?> count)
                    || !(count.get("name") instanceof String name)
                    || !(count.get("changes") instanceof Number changes)
                    || !(count.get("first") instanceof Number first)
                    || !(count.get("last") instanceof Number last)
                    || changes.longValue() < 0) {
                return null;
            }
            counts.put(
                    String.valueOf(each.getKey()),
                    new Count(
                            name,
                            changes.longValue(),
                            Instant.ofEpochMilli(first.longValue()),
                            Instant.ofEpochMilli(last.longValue())));
        }
        return counts;
    }
}
