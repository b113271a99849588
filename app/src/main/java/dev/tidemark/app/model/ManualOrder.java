package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves rows of one table within the user's manual order. Normally only the moved rows get new keys. If there is no
 * room, because keys are equal or would become too long, the move also gives evenly spaced keys to as few neighbours as
 * possible. Applying remote changes never assigns keys. If two devices assign keys concurrently, every row ends with
 * one of the keys, the same on both devices.
 *
 * <p>A move does not count as an edit that conflicts with the trash; see {@link ItemWriter}. Use an object only within
 * its transaction.
 */
final class ManualOrder {
    private static final int FEWEST_NEIGHBOURS = 8;
    private static final int MAX_NEIGHBOURS = 1 << 20;

    enum Table {
        ITEM("coalesce(position, " + FractionalIndex.sqlOfTime("created_at") + ")", "id", true),
        LIST(UNPLACED, "name, id", false),
        LABEL(UNPLACED, "name, id", false),
        SAVED_SEARCH(UNPLACED, "name, id", false);

        private final String key;
        private final String tieBreaker;
        private final boolean newestFirst;

        Table(String key, String tie, boolean newestFirst) {
            this.key = key;
            this.tieBreaker = tie;
            this.newestFirst = newestFirst;
        }

        String sqlName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String order() {
            return newestFirst ? key + ", " + tieBreaker + " DESC" : key + ", " + tieBreaker;
        }

        private String reverseOrder() {
            return key + " DESC, " + (newestFirst ? tieBreaker : tieBreaker.replace(",", " DESC,") + " DESC");
        }
    }

    /** Rows without a key come last. */
    private static final String UNPLACED = "coalesce(position, 'zz')";

    private record Placed(UUID id, String key) {}

    private final Transaction transaction;
    private final Table table;
    private final InstantSource clock;

    ManualOrder(Transaction transaction, Table table, InstantSource clock) {
        this.transaction = transaction;
        this.table = table;
        this.clock = clock;
    }

    /** Returns the key for a new row after all others. */
    String last() {
        List<Placed> last = rows("WHERE position IS NOT NULL", table.reverseOrder(), 1);
        String key = last.isEmpty()
                ? FractionalIndex.ofTime(Instant.EPOCH)
                : FractionalIndex.after(last.getFirst().key());
        return Objects.requireNonNullElse(key, "zz");
    }

    /**
     * Moves the rows between two others, in the sequence of {@code ids}. Skips deleted rows.
     *
     * @param above the row shown directly before the moved rows, or {@code null} for the beginning
     * @param below the row shown directly after the moved rows, or {@code null} for the end
     */
    void move(List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        List<UUID> moved = ids.stream().filter(id -> find(id) != null).toList();
        Placed low = above == null ? null : find(above);
        Placed high = below == null ? null : find(below);
        if (moved.isEmpty() || (low == null && high == null)) {
            return;
        }
        List<String> keys = keys(low, high, moved.size());
        if (keys == null) {
            respace(moved, low, high);
            return;
        }
        for (int index = 0; index < moved.size(); index++) {
            set(moved.get(index), keys.get(index));
        }
    }

    private @Nullable List<String> keys(@Nullable Placed low, @Nullable Placed high, int count) {
        if (low != null && high != null) {
            return count == 1
                    ? single(FractionalIndex.between(low.key(), high.key()))
                    : FractionalIndex.spread(low.key(), high.key(), count);
        }
        String edge = low == null
                ? FractionalIndex.before(Objects.requireNonNull(high).key(), clock.instant())
                : FractionalIndex.after(low.key());
        if (count == 1 || edge == null) {
            return single(edge);
        }
        return low == null
                ? FractionalIndex.spread(edge, Objects.requireNonNull(high).key(), count)
                : FractionalIndex.spread(low.key(), FractionalIndex.after(edge), count);
    }

    private static @Nullable List<String> single(@Nullable String key) {
        return key == null ? null : List.of(key);
    }

    /** Assigns evenly spaced keys to the moved rows and their neighbours. */
    private void respace(List<UUID> moved, @Nullable Placed low, @Nullable Placed high) {
        List<Placed> all = rows("", table.order(), Integer.MAX_VALUE);
        Set<UUID> leaving = new HashSet<>(moved);
        List<Placed> others =
                all.stream().filter(row -> !leaving.contains(row.id())).toList();
        int gap = gap(others, low, high);
        for (int wanted = FEWEST_NEIGHBOURS; wanted <= MAX_NEIGHBOURS; wanted *= 2) {
            int from = Math.max(0, gap - wanted);
            int to = Math.min(others.size(), gap + wanted);
            String first =
                    from == 0 ? edgeKey(others, true) : others.get(from - 1).key();
            String last = to == others.size()
                    ? edgeKey(others, false)
                    : others.get(to).key();
            List<UUID> order = new ArrayList<>(ids(others.subList(from, gap)));
            order.addAll(moved);
            order.addAll(ids(others.subList(gap, to)));
            List<String> keys = FractionalIndex.spread(first, last, order.size());
            boolean isAll = from == 0 && to == others.size();
            if (keys != null
                    && (isAll || keys.stream().allMatch(key -> key.length() <= FractionalIndex.MAX_LENGTH - 8))) {
                for (int index = 0; index < order.size(); index++) {
                    set(order.get(index), keys.get(index));
                }
                return;
            }
        }
        throw new IllegalStateException("There are too many rows in " + table.sqlName() + " to assign positions");
    }

    private static int gap(List<Placed> others, @Nullable Placed low, @Nullable Placed high) {
        return low != null ? others.indexOf(low) + 1 : Math.max(0, others.indexOf(high));
    }

    /** Returns a key before or after all other rows, or {@code null} if there are no other rows. */
    private @Nullable String edgeKey(List<Placed> others, boolean before) {
        if (others.isEmpty()) {
            return null;
        }
        return before
                ? FractionalIndex.before(others.getFirst().key(), clock.instant())
                : FractionalIndex.after(others.getLast().key());
    }

    private static Collection<UUID> ids(List<Placed> rows) {
        return rows.stream().map(Placed::id).toList();
    }

    private void set(UUID id, String key) {
        transaction.execute(
                "UPDATE " + table.sqlName() + " SET position = ? WHERE id = ? AND position IS NOT ?", key, id, key);
    }

    private @Nullable Placed find(UUID id) {
        List<Placed> found = rows("WHERE id = ?", "id", 1, id);
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<Placed> rows(String where, String order, int limit, @Nullable Object... parameters) {
        return transaction.list(Query.of(
                        "SELECT id, " + table.key + " AS place FROM " + table.sqlName() + " " + where + " ORDER BY "
                                + order + " LIMIT " + limit,
                        parameters)
                .map(ManualOrder::read));
    }

    private static Placed read(Row row) {
        return new Placed(ItemQueries.id(row), ItemQueries.text(row, "place"));
    }
}
