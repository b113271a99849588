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
 * Data of one row that the tables do not show, with details for a user who decides about it: the whole row is hidden,
 * or some of its cells wait, or both. {@link HiddenRow} and {@link WaitingCell} describe the cases. Immutable as long
 * as no {@code byte[]} is changed.
 *
 * <p>{@link dev.tidemark.engine.Transaction#restore} shows a row edited after its tombstone was garbage-collected, and
 * {@link dev.tidemark.engine.Transaction#delete} deletes any hidden row, on all replicas.
 *
 * @param table the table
 * @param row the row's id
 * @param hidden why the row is hidden; {@code null} if it is shown, or if this program does not know its table
 * @param waiting the columns whose cells wait, sorted; empty if none does
 * @param values the known values by column: all of a hidden row, else those of the waiting cells; {@code null},
 *     {@link Long}, {@link Double}, {@link String} or {@code byte[]}, which is not copied
 * @param changed the latest change of the row, or of its waiting cells if the row is shown
 * @param blockerDeleted the delete of the row that it waits for; {@code null} if there is no such row, or its delete is
 *     not known
 */
public record HiddenData(
        String table,
        UUID row,
        @Nullable HiddenRow hidden,
        SortedSet<String> waiting,
        Map<String, @Nullable Object> values,
        Author changed,
        @Nullable Author blockerDeleted) {

    // Not a compact constructor: for that, javac omits the @Nullable of the values from the class file.
    /** Keeps read-only views of the collections. */
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

    /** Equal if all parts are; blobs are compared by their bytes. */
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
     * @param hidden the hidden rows by reason; no reason is missing
     * @param waiting rows with waiting cells; one that is also hidden counts here, too
     */
    public record Counts(Map<HiddenRow.Reason, Long> hidden, long waiting) {
        /** Copies the map; a reason that it lacks counts 0. */
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
