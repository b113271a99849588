package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.merge.SnapshotMerger.Leftover;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a device has edited which nobody waited for: it was retired and comes back, or it is a backup, or a copy. Others may have deleted such
 * a row and forgotten it (docs/correctness.md#r3), and a part of a row says nothing to them. So it is written again as
 * a whole, knowing the delete: who has forgotten the row gets all of it, and who has not gets the same. See decision
 * 39.
 *
 * <p>Works inside one transaction of the engine; not thread-safe.
 */
final class ReinsertedRows {
    private final WriteSession session;
    private final ReplicaState self;
    private final VersionVector held;
    private final long now;

    /** @param now in milliseconds since 1970, as this device's clock has it */
    ReinsertedRows(WriteSession side, ReplicaState self, long now) throws SQLException {
        this.session = side;
        this.self = self;
        this.held = side.reader().vector();
        this.now = now;
    }

    /** From now on what this replica writes has seen what others may forget. */
    void markDone() throws SQLException {
        session.statements().update("UPDATE tm_remote_retired SET former = 1 WHERE former = 2");
    }

    /**
     * Those whose delete stands against an edit that nobody waited for, of ours or of a retired replica, and may have been forgotten
     * elsewhere by now: all other active replicas
     * have acknowledged it. No clock is asked. And those with an edit of ours, whose delete others may have collected before they
     * heard of this replica.
     *
     * @param collected the greatest clock value of such a delete
     */
    List<Change> deletedElsewhere(long collected) throws SQLException {
        List<Leftover> rows = new ArrayList<>();
        boolean returns = session.connection()
                        .statements()
                        .first("SELECT 1 FROM tm_remote_retired WHERE former = 2 LIMIT 1", row -> true)
                != null;
        Map<Integer, Long> late = lateChanges();
        VersionVector forgettable =
                new Acknowledgements(session.connection().statements(), session.names()).latestOfOthers(self);
        for (TrackedRow row : session.cells().loadExceptional("status & ? <> 0", TrackedRow.EDIT_DELETE_CONFLICT)) {
            boolean isUnawaited = isDeletedUpTo(collected, row) && isEdited(row, this::isOwn);
            boolean isLate = isDeletedWithin(forgettable, row)
                    && isEdited(
                            row,
                            dot -> (returns && isOwn(dot))
                                    || late.getOrDefault(dot.replica(), Long.MAX_VALUE) < dot.sequence());
            if (isUnawaited || isLate) {
                rows.add(new Leftover(row.table(), row.id(), new HashMap<>(row.values())));
            }
        }
        return whole(rows);
    }

    /** Those of which a snapshot lacks all but what we have written. */
    List<Change> missingFromSnapshot(List<Leftover> left) throws SQLException {
        List<Leftover> rows = new ArrayList<>();
        CellStore cells = session.cells();
        for (Leftover each : left) {
            TrackedRow row = cells.load(each.table(), each.row());
            if (row.isUndeleted() && isEdited(row, this::isOwn)) {
                rows.add(each);
            }
        }
        return whole(rows);
    }

    /** A write by the number of its replica. */
    private record NumberedDot(int replica, long sequence) {}

    private boolean isOwn(NumberedDot dot) {
        return dot.replica() == self.replicaNumber();
    }

    private static boolean isEdited(TrackedRow row, Predicate<NumberedDot> by) {
        return Stream.concat(
                        row.state().writes().stream()
                                .filter(write -> !write.isDelete() && !write.isSeen())
                                .map(write -> new NumberedDot(write.replica(), write.sequence())),
                        row.siblings().stream()
                                .filter(sibling -> sibling.cell() != Sibling.DELETE)
                                .map(sibling -> new NumberedDot(sibling.replica(), sibling.sequence())))
                .anyMatch(by);
    }

    /** The numbers of retired replicas whose changes above a first end counted later, each with that end. */
    private Map<Integer, Long> lateChanges() throws SQLException {
        Map<Integer, Long> late = new HashMap<>();
        session.connection()
                .statements()
                .list("""
                    SELECT r.no, t.first_last FROM tm_remote_retired t JOIN tm_replica r ON r.id = t.replica
                    WHERE t.last > t.first_last\
                    """, row -> Map.entry(row.getInt(1), row.getLong(2)))
                .forEach(each -> late.put(each.getKey(), each.getValue()));
        return late;
    }

    private static boolean isDeletedUpTo(long clock, TrackedRow row) {
        return LongStream.concat(
                        row.state().writes().stream()
                                .filter(write -> write.isDelete() && !write.isSeen())
                                .mapToLong(write -> write.hlcTime()),
                        row.siblings().stream()
                                .filter(sibling -> sibling.cell() == Sibling.DELETE)
                                .mapToLong(Sibling::hlcTime))
                .anyMatch(time -> time <= clock);
    }

    private boolean isDeletedWithin(VersionVector acknowledged, TrackedRow row) {
        return Stream.concat(
                        row.state().writes().stream()
                                .filter(write -> write.isDelete() && !write.isSeen())
                                .map(write -> new Dot(session.names().replicaId(write.replica()), write.sequence())),
                        row.siblings().stream()
                                .filter(sibling -> sibling.cell() == Sibling.DELETE)
                                .map(sibling ->
                                        new Dot(session.names().replicaId(sibling.replica()), sibling.sequence())))
                .anyMatch(acknowledged::covers);
    }

    private List<Change> whole(List<Leftover> rows) {
        List<Change> changes = new ArrayList<>();
        CausalContext all = new CausalContext(held.with(self.replica(), 0), Set.of());
        long time = self.clock();
        for (Leftover row : rows) {
            time = Stream.of(time + 1, now << HlcTimestamp.COUNTER_BITS, HlcTimestamp.FIRST_USER_TIME)
                    .max(Long::compare)
                    .orElseThrow();
            Map<String, @Nullable Object> values = new HashMap<>();
            row.values()
                    .forEach((cell, value) ->
                            values.put(Objects.requireNonNull(session.names().cellName(row.table(), cell)), value));
            changes.add(new Change(
                    new Dot(self.replica(), self.head() + changes.size() + 1),
                    time,
                    now,
                    all,
                    Change.Kind.INSERT,
                    session.names().tableName(row.table()),
                    row.row(),
                    values));
        }
        return changes;
    }
}
