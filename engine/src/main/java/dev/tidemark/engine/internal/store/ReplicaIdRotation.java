package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.Renumbering;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Switches a replica to a new id (docs/correctness.md#r6, #r7): its own changes above a sequence number, which no other
 * replica may have, become the first changes of the new id. They keep their clock values, wall times, values and causal
 * contexts, so tables, conflicts and hidden rows do not change. Works inside one transaction.
 */
final class ReplicaIdRotation {
    /** New ids are at most this far above the old one, so that ties of clock values keep their winner. */
    private static final long NEARBY = 1L << 40;

    record Rotation(ReplicaId oldId, ReplicaId newId, long lastRetained, long reissued) {
        static List<Rotation> all(Statements statements) throws SQLException {
            return statements.list(
                    "SELECT id, new_id, last_retained, reissued FROM tm_former_id ORDER BY no",
                    row -> new Rotation(
                            new ReplicaId(row.getLong(1)),
                            new ReplicaId(row.getLong(2)),
                            row.getLong(3),
                            row.getLong(4)));
        }

        private void note(Statements statements) throws SQLException {
            String insert = "INSERT INTO tm_former_id(id, new_id, last_retained, reissued) VALUES (?, ?, ?, ?)";
            statements.update(insert, oldId.value(), newId.value(), lastRetained, reissued);
        }

        /**
         * Translates a vector from before the switch: its changes above {@code lastRetained} now belong to the new id,
         * and later arrivals under the old id are not covered. A vector from after the switch is returned unchanged. If
         * changes were re-issued, it is recognised by covering the first of them; otherwise no vector from before the
         * switch exceeds {@code lastRetained}.
         */
        VersionVector translateSeen(VersionVector seen) {
            long covered = seen.get(oldId);
            return reissued == 0 || covered <= lastRetained || seen.get(newId) > 0
                    ? seen
                    : seen.with(oldId, lastRetained).with(newId, covered - lastRetained);
        }
    }

    private final WriteSession session;
    private final Statements statements;
    private final LogReader reader;
    private final ReplicaState old;
    private final long last;
    private final long end;
    private final ReplicaId newId;

    private ReplicaIdRotation(WriteSession session, ReplicaState old, long last, long end, IdGenerator ids)
            throws SQLException {
        this.session = session;
        this.statements = session.statements();
        this.reader = new LogReader(statements, session.names());
        this.old = old;
        // Truncated changes cannot be re-issued. All replicas have acknowledged them, or there is no other one.
        long floor = statements.number("SELECT floor FROM tm_replica WHERE no = ?", old.replicaNumber());
        this.last = Math.max(floor, Math.min(last, old.head()));
        this.end = Math.max(this.last, end);
        this.newId = newIdFor(statements, old.replica(), ids);
    }

    /**
     * @param last the last own change that keeps its dot, because other replicas have it
     * @param end the sequence number at which the old id is retired
     */
    static Rotation rotate(WriteSession session, ReplicaState old, long last, long end, IdGenerator ids)
            throws SQLException {
        return new ReplicaIdRotation(session, old, last, end, ids).rotate();
    }

    /**
     * Turns the file into a new replica that has applied the same changes, including those of the old id. The old id
     * stays active: its owner may be in use elsewhere, and has the same changes under the same numbers.
     */
    static void continueAsNew(WriteSession session, ReplicaState old, IdGenerator ids) throws SQLException {
        ReplicaIdRotation rotation = new ReplicaIdRotation(session, old, old.head(), old.head(), ids);
        rotation.carryOverAcknowledgement(rotation.become());
    }

    /** Makes the new id this file's own; returns its number. */
    private int become() throws SQLException {
        become(statements, old.replicaNumber(), newId);
        return session.names().replica(newId);
    }

    /** Makes the new id the own one of a file that may not be open as a database. */
    static void become(Statements statements, int oldNumber, ReplicaId newId) throws SQLException {
        String insert = "INSERT INTO tm_replica(id, name, clock) SELECT ?, name, clock FROM tm_replica WHERE no = ?";
        statements.update(insert, newId.value(), oldNumber);
        statements.update("UPDATE tm_state SET replica = (SELECT no FROM tm_replica WHERE id = ?)", newId.value());
        statements.update("UPDATE tm_replica SET exported_up_to = 0 WHERE no = ?", oldNumber);
        // The files in the storages belong to the old id, which is no longer this replica's.
        statements.update("UPDATE tm_remote SET pushed_up_to = 0, record = 0, record_content = '', record_at = 0");
    }

    /** Returns a new id a little above the old one, so that ties of clock values keep their winner. */
    static ReplicaId newIdFor(Statements statements, ReplicaId id, IdGenerator ids) throws SQLException {
        long next = statements.number("SELECT min(id) FROM tm_replica WHERE id > ?", id.value());
        long room = Math.min(NEARBY, (next == 0 ? (1L << 62) : next) - id.value() - 1);
        return room < 2 ? ids.replica() : ids.replicaAfter(id, room);
    }

    private Rotation rotate() throws SQLException {
        int number = become();
        reissue(number);
        new LogTruncation(statements, session.names(), session.log()).removeTail(old.replicaNumber(), last, old.head());
        statements.update("UPDATE tm_replica SET head = ? WHERE no = ?", old.head() - last, number);
        String update = "UPDATE tm_replica SET head = ?1, compacted_up_to = min(compacted_up_to, ?1) WHERE no = ?2";
        statements.update(update, last, old.replicaNumber());
        carryOverAcknowledgement(number);
        retireOldId();
        Rotation taken = new Rotation(old.replica(), newId, last, old.head() - last);
        taken.note(statements);
        return taken;
    }

    private void reissue(int number) throws SQLException {
        Renumbering renumbering = new Renumbering(statements, reader);
        long next = last + 1;
        while (next <= old.head()) {
            List<Change> page = reader.readFrom(old.replicaNumber(), next);
            session.log().append(page.stream().map(this::reissued).toList());
            for (Change change : page) {
                if (change.kind() != Change.Kind.SCHEMA) {
                    renumbering.renumber(
                            session.names().table(change.table()),
                            change.row(),
                            old.replicaNumber(),
                            change.dot().sequence(),
                            number,
                            change.dot().sequence() - last);
                }
            }
            next = page.getLast().dot().sequence() + 1;
        }
    }

    /** Returns the change under the new id. In its context, earlier own changes are those of the old id. */
    private Change reissued(Change change) {
        // A transaction that begins at or below the last retained number is cut in two.
        long transaction = Math.max(1, change.transaction() - last);
        return new Change(
                reissued(change.dot()),
                transaction,
                change.hlcTime(),
                change.wallMillis(),
                reissued(change.context()),
                change.kind(),
                change.table(),
                change.row(),
                change.values());
    }

    private CausalContext reissued(CausalContext context) {
        VersionVector seen = context.vector().with(old.replica(), last);
        Set<Dot> unseen = new TreeSet<>();
        context.unseen().forEach(dot -> unseen.add(reissued(dot)));
        return new CausalContext(seen, unseen);
    }

    private Dot reissued(Dot dot) {
        return dot.replica().equals(old.replica()) && dot.sequence() > last
                ? new Dot(newId, dot.sequence() - last)
                : dot;
    }

    /** Copies the promise of the old id to the new one. */
    private void carryOverAcknowledgement(int number) throws SQLException {
        carryOverAcknowledgement(statements, number, old.replicaNumber());
    }

    static void carryOverAcknowledgement(Statements statements, int number, int oldNumber) throws SQLException {
        @Nullable Object[] both = {number, oldNumber};
        statements.update("""
            INSERT INTO tm_acknowledged(replica_no, vector, next_vector, next_at)
            SELECT ?, vector, next_vector, next_at FROM tm_acknowledged WHERE replica_no = ?\
            """, both);
    }

    private void retireOldId() throws SQLException {
        retire(statements, old.replica(), old.replicaNumber(), end);
    }

    /** Retires a former id of this file at a change: see {@link ReinsertedRows}. */
    static void retire(Statements statements, ReplicaId id, int number, long end) throws SQLException {
        statements.update("INSERT OR REPLACE INTO tm_acknowledged(replica_no, retired) VALUES (?, 1)", number);
        statements.update("""
            INSERT INTO tm_remote_retired(replica, last, first_last, former) VALUES (?1, ?2, ?2, 2)
            ON CONFLICT (replica) DO UPDATE SET last = max(last, excluded.last), former = 2\
            """, id.value(), end);
    }
}
