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
import dev.tidemark.engine.internal.store.ReplicaIdRotation.Rotation;
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
 * Re-inserts rows that were edited on a device for whose acknowledgement the others did not wait. Such a device is a
 * retired device that returned, a restored backup, a copy, or a retired device whose changes arrived late. Other
 * devices may have collected the tombstone of such a row (docs/correctness.md#r3). They then cannot restore the row
 * from an update of some columns. So this device writes the whole row again, with a context that covers the delete, and
 * all devices get the same full row. See decision 39.
 *
 * <p>Works inside one transaction of the engine; not thread-safe.
 */
final class ReinsertedRows {
    private final WriteSession session;
    private final ReplicaState self;
    private final VersionVector held;
    private final long now;

    /** @param now milliseconds since 1970, by this device's clock */
    ReinsertedRows(WriteSession session, ReplicaState self, long now) throws SQLException {
        this.session = session;
        this.self = self;
        this.held = session.reader().vector();
        this.now = now;
    }

    /**
     * Marks the return of this replica as complete, because its later writes have seen the deletes that others may
     * collect.
     */
    void markDone() throws SQLException {
        session.statements().update("UPDATE tm_remote_retired SET former = 1 WHERE former = 2");
    }

    /**
     * Returns inserts for rows with an open edit and an open delete that others may have collected. There are three
     * cases: (1) all other active replicas have acknowledged the delete, and the edit is this replica's own, while its
     * return is not complete, or a late edit of a retired replica; (2) others may have collected the delete before they
     * knew this replica, and this replica made the edit; (3) the delete was re-issued after a fork (decision 67). Case
     * 1 compares no clocks.
     *
     * @param collectedBefore the greatest clock value of a delete collected before this replica was known
     */
    List<Change> deletedElsewhere(long collectedBefore) throws SQLException {
        List<Leftover> rows = new ArrayList<>();
        boolean returns = session.connection()
                        .statements()
                        .first("SELECT 1 FROM tm_remote_retired WHERE former = 2 LIMIT 1", row -> true)
                != null;
        Map<Integer, Long> late = lateChanges();
        List<Rotation> former = Rotation.all(session.connection().statements());
        VersionVector forgettable =
                new Acknowledgements(session.connection().statements(), session.names()).latestOfOthers(self);
        for (TrackedRow row : session.cells().loadExceptional("status & ? <> 0", TrackedRow.EDIT_DELETE_CONFLICT)) {
            boolean isUnawaited = isDeletedUpTo(collectedBefore, row) && isEdited(row, this::isOwn);
            boolean isLate = isDeletedWithin(forgettable, row)
                    && isEdited(
                            row,
                            dot -> (returns && isOwn(dot))
                                    || late.getOrDefault(dot.replica(), Long.MAX_VALUE) < dot.sequence());
            // In a fork, one number belongs to two changes. A device that acknowledges one seems to have acknowledged
            // both. So another device may have collected the delete before it was re-issued.
            boolean isReissued = isDeleted(
                            row,
                            dot -> late.getOrDefault(dot.replica(), Long.MAX_VALUE) == 0
                                    || former.stream().anyMatch(each -> isAcknowledged(each, dot, forgettable)))
                    && isEdited(row, dot -> true);
            if (isUnawaited || isLate || isReissued) {
                rows.add(new Leftover(row.table(), row.id(), new HashMap<>(row.values())));
            }
        }
        return whole(rows);
    }

    /** Returns inserts for the undeleted rows that a snapshot lacks and this replica has edited. */
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

    /** A dot whose replica is given by its number in this database. */
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

    /**
     * Returns the retired replicas whose last valid sequence number was raised after the retirement. Maps the number of
     * each replica in this database to the first such sequence number.
     */
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

    /**
     * Returns whether all other replicas have acknowledged the dot that a re-issued change had under a former replica
     * id.
     */
    private boolean isAcknowledged(Rotation former, NumberedDot dot, VersionVector acknowledged) {
        return dot.sequence() <= former.reissued()
                && session.names().replicaId(dot.replica()).equals(former.newId())
                && acknowledged.covers(new Dot(former.oldId(), former.lastRetained() + dot.sequence()));
    }

    private boolean isDeletedWithin(VersionVector acknowledged, TrackedRow row) {
        return isDeleted(
                row, dot -> acknowledged.covers(new Dot(session.names().replicaId(dot.replica()), dot.sequence())));
    }

    private static boolean isDeleted(TrackedRow row, Predicate<NumberedDot> by) {
        return Stream.concat(
                        row.state().writes().stream()
                                .filter(write -> write.isDelete() && !write.isSeen())
                                .map(write -> new NumberedDot(write.replica(), write.sequence())),
                        row.siblings().stream()
                                .filter(sibling -> sibling.cell() == Sibling.DELETE)
                                .map(sibling -> new NumberedDot(sibling.replica(), sibling.sequence())))
                .anyMatch(by);
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
                    self.head() + 1,
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
