package dev.tidemark.engine;

import dev.tidemark.engine.changelog.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What a subscription delivers: the whole result, and how it differs from the one before. Immutable.
 *
 * @param rows the rows in the query's order; unmodifiable
 * @param difference leads from the rows delivered before (none, at first) to these
 * @param vector what had been applied when the query ran; see {@link Database#writeBasedOn}
 */
public record QueryResult<T>(List<T> rows, Difference<T> difference, VersionVector vector) {
    /**
     * How one list of rows becomes the next. Rows are the same row if they have the same key (the first column). Immutable.
     *
     * <p>To apply: take out {@code removed} and the {@code from} of {@code moved} (positions in the old list), put in
     * {@code added} and the {@code to} of {@code moved} in rising order (positions in the new list), then replace
     * {@code changed} (positions in the new list).
     *
     * @param removed positions in the old list of rows that are gone, rising
     * @param added positions in the new list of rows that are new, rising
     * @param moved rows that stayed but stand elsewhere among those that stayed; as few as possible, rising by {@code to}
     * @param changed positions in the new list of rows that stayed with other values, rising; may be among the moved
     * @param rows the new list
     */
    public record Difference<T>(
            List<Integer> removed, List<Integer> added, List<Move> moved, List<Integer> changed, List<T> rows) {

        /**
         * A row that stands elsewhere.
         *
         * @param from its position in the old list
         * @param to its position in the new list
         */
        public record Move(int from, int to) {}

        /** Whether nothing differs. */
        public boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty() && moved.isEmpty() && changed.isEmpty();
        }

        /**
         * The new list, made from the old one in time proportional to both. For lists that are patched in place, follow the
         * same order of steps.
         */
        public List<T> applyTo(List<T> old) {
            boolean[] leaves = new boolean[old.size()];
            removed.forEach(index -> leaves[index] = true);
            moved.forEach(move -> leaves[move.from()] = true);
            boolean[] arrives = new boolean[rows.size()];
            added.forEach(index -> arrives[index] = true);
            moved.forEach(move -> arrives[move.to()] = true);
            boolean[] differs = new boolean[rows.size()];
            changed.forEach(index -> differs[index] = true);
            List<T> result = new ArrayList<>(rows.size());
            int next = 0;
            for (int index = 0; index < rows.size(); index++) {
                if (arrives[index]) {
                    result.add(rows.get(index));
                    continue;
                }
                while (leaves[next]) {
                    next++;
                }
                result.add(differs[index] ? rows.get(index) : old.get(next));
                next++;
            }
            return result;
        }
    }
}
