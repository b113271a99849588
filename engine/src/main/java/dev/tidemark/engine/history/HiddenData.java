package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Data of one row that the tables do not show, with details for a user who decides about it. The whole row is hidden,
 * or some of its cells wait, or both. {@link HiddenRow} and {@link WaitingCell} describe the cases. Immutable as long
 * as no {@code byte[]} is changed.
 *
 * <p>{@link dev.tidemark.engine.Transaction#restore} shows a row that was edited after its tombstone was
 * garbage-collected. {@link dev.tidemark.engine.Transaction#delete} deletes any hidden row on all replicas.
 *
 * @param table the table
 * @param row the row's id
 * @param hidden why the row is hidden; {@code null} if it is shown, or if this program does not know its table
 * @param waiting the columns whose cells wait, in sorted order; empty if none
 * @param values the known values by column: all values of a hidden row, or else those of the waiting cells. Each is
 *     {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}. Arrays are not copied
 * @param changed the latest change of the row, or of its waiting cells if the row is shown
 * @param blockerDeleted the author of the delete of the row that the hidden row waits for; {@code null} if unknown, or
 *     if there is none
 */
public record HiddenData(
        String table,
        UUID row,
        @Nullable HiddenRow hidden,
        SortedSet<String> waiting,
        Map<String, @Nullable Object> values,
        Author changed,
        @Nullable Author blockerDeleted) {

    // Not a compact constructor, because for one javac omits the @Nullable of the values from the class file.
    /** Stores the collections as read-only. */
    public HiddenData(
            String table,
            UUID row,
            @Nullable HiddenRow hidden,
            SortedSet<String> waiting,
            Map<String, @Nullable Object> values,
            Author changed,
            @Nullable Author blockerDeleted) {
        this.table = table;
        this.row = row;
        this.hidden = hidden;
        this.waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
        this.values = Collections.unmodifiableMap(values);
        this.changed = changed;
        this.blockerDeleted = blockerDeleted;
    }

    /** Two objects are equal if all their components are equal. Blobs are compared by their bytes. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HiddenData data
                && table.equals(data.table)
                && row.equals(data.row)
                && Objects.equals(hidden, data.hidden)
                && waiting.equals(data.waiting)
                && values.keySet().equals(data.values.keySet())
                && values.keySet().stream()
                        .allMatch(column -> Objects.deepEquals(values.get(column), data.values.get(column)))
                && changed.equals(data.changed)
                && Objects.equals(blockerDeleted, data.blockerDeleted);
    }

    @Override
    public int hashCode() {
        return row.hashCode();
    }

    /**
     * The replica that wrote a change, and the time.
     *
     * @param wallMillis milliseconds since 1970 on the writer's clock
     */
    public record Author(ReplicaId replica, long wallMillis) {}

    /**
     * The numbers of rows with hidden data. Immutable.
     *
     * @param hidden the number of hidden rows for each reason, including 0
     * @param waiting the number of rows with waiting cells, including rows that are also hidden
     */
    public record Counts(Map<HiddenRow.Reason, Long> hidden, long waiting) {
        /** Copies the map. Reasons that the map lacks count as 0. */
        public Counts {
            Map<HiddenRow.Reason, Long> all = new EnumMap<>(HiddenRow.Reason.class);
            for (HiddenRow.Reason reason : HiddenRow.Reason.values()) {
                all.put(reason, hidden.getOrDefault(reason, 0L));
            }
            hidden = Collections.unmodifiableMap(all);
        }

        /** Returns whether the tables show all data. */
        public boolean isEmpty() {
            return waiting == 0 && hidden.values().stream().allMatch(number -> number == 0);
        }
    }
}
