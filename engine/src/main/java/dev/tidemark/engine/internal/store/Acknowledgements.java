package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the acknowledgements in {@code tm_acknowledged}, and computes the safe watermark. Not thread-safe.
 *
 * <p>In the row of another replica, {@code vector} is its latest effective acknowledgement: this database has applied
 * all changes of that replica up to the number in {@code allocated}. {@code next_vector} is a later acknowledgement
 * that still waits for such changes. In the row of this replica, {@code vector} is the vector that it has
 * acknowledged. {@code next_vector} is the vector that it had applied at the time {@code next_at}. This replica
 * acknowledges that vector a day later. The delay lets a user save a form up to a day after opening it, with the causal
 * context of the opening (docs/correctness.md#r5).
 */
record Acknowledgements(Statements statements, NameDictionary names) {
    /** The minimum time for which a form can be saved with the causal context that it was opened with. */
    static final Duration EDIT_FORM_LIFETIME = Duration.ofDays(1);

    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private record Known(
            int number,
            ReplicaId id,
            String name,
            long head,
            Changelog.@Nullable Acknowledgement current,
            Changelog.@Nullable Acknowledgement next,
            long nextAt,
            boolean retired) {
        static Known read(ResultSet row) throws SQLException {
            ReplicaId id = new ReplicaId(row.getLong(2));
            return new Known(
                    row.getInt(1),
                    id,
                    row.getString(3),
                    row.getLong(4),
                    unpack(id, row.getBytes(5), row.getLong(6)),
                    unpack(id, row.getBytes(7), row.getLong(8)),
                    row.getLong(9),
                    row.getBoolean(10));
        }

        /**
         * Returns {@code next} if all changes up to its {@code allocated} number are applied here (R3), else
         * {@code current}.
         */
        Changelog.@Nullable Acknowledgement effective() {
            return next != null && head >= next.allocated() ? next : current;
        }

        Changelog.@Nullable Acknowledgement latest() {
            return next == null ? current : next;
        }
    }

    private List<Known> all() throws SQLException {
        return statements.list("""
            SELECT r.no, r.id, r.name, r.head, a.vector, coalesce(a.allocated, 0),
              a.next_vector, coalesce(a.next_allocated, 0), coalesce(a.next_at, 0), coalesce(a.retired, 0)
            FROM tm_replica r LEFT JOIN tm_acknowledged a ON a.replica_no = r.no
            ORDER BY r.no\
            """, Known::read);
    }

    private Known one(int number) throws SQLException {
        return all().stream()
                .filter(known -> known.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the latest acknowledgement of each active replica, this one included. */
    List<Changelog.Acknowledgement> list(ReplicaState self) throws SQLException {
        List<Changelog.Acknowledgement> list = new ArrayList<>();
        for (Known known : all()) {
            Changelog.Acknowledgement latest = known.number() == self.replicaNumber() ? own(known) : known.latest();
            if (latest != null && !known.retired()) {
                list.add(latest);
            }
        }
        return list;
    }

    private static Changelog.Acknowledgement own(Known self) {
        return new Changelog.Acknowledgement(self.id(), applied(self.current()), self.head());
    }

    private static VersionVector applied(Changelog.@Nullable Acknowledgement acknowledged) {
        return acknowledged == null ? VersionVector.EMPTY : acknowledged.applied();
    }

    /** Returns the vector that this replica has acknowledged, and includes in the context of every later change. */
    VersionVector acknowledged(ReplicaState self) throws SQLException {
        String select = "SELECT vector FROM tm_acknowledged WHERE replica_no = ?";
        byte[] packed = statements.first(select, row -> row.getBytes(1), self.replicaNumber());
        return applied(unpack(self.replica(), packed, 0));
    }

    /** Returns whether {@link #acknowledge} would change the stored vectors. */
    boolean isAcknowledgementDue(ReplicaState self, VersionVector held, long now) throws SQLException {
        Known known = one(self.replicaNumber());
        return known.next() == null ? !others(held, self).equals(applied(known.current())) : isExpired(known, now);
    }

    private static boolean isExpired(Known self, long now) {
        // If the clock was set back, the wait starts over; it would otherwise last until the clock passes nextAt.
        return now - self.nextAt() >= EDIT_FORM_LIFETIME.toMillis() || now < self.nextAt();
    }

    /**
     * Acknowledges the vector that was recorded at least a day ago. Records the current vector, to acknowledge it a
     * day later.
     */
    void acknowledge(ReplicaState self, VersionVector held, long now) throws SQLException {
        Known known = one(self.replicaNumber());
        Changelog.Acknowledgement current = known.current();
        Changelog.Acknowledgement next = known.next();
        long since = known.nextAt();
        if (next != null && isExpired(known, now)) {
            current = now < since ? current : next;
            next = null;
        }
        VersionVector others = others(held, self);
        if (next == null && !others.equals(applied(current))) {
            next = new Changelog.Acknowledgement(known.id(), others, 0);
            since = now;
        }
        store(known.number(), current, next, since, false);
    }

    private static VersionVector others(VersionVector held, ReplicaState self) {
        return held.with(self.replica(), 0);
    }

    /**
     * Returns whether the acknowledgement is of another replica, and greater than that replica's last known one, if
     * any.
     */
    boolean isNew(Changelog.Acknowledgement received, ReplicaState self) throws SQLException {
        if (received.replica().equals(self.replica())) {
            return false;
        }
        for (Known known : all()) {
            Changelog.Acknowledgement latest = known.id().equals(received.replica()) ? known.latest() : null;
            if (latest != null) {
                return latest.isWithin(received) && !received.isWithin(latest);
            }
        }
        return true;
    }

    void recordReceived(Changelog.Acknowledgement received) throws SQLException {
        Known known = one(names.replica(received.replica()));
        boolean isHere = known.head() >= received.allocated();
        store(known.number(), isHere ? received : known.effective(), isHere ? null : received, 0, known.retired());
    }

    void exclude(ReplicaId replica, ReplicaState self) throws SQLException {
        if (replica.equals(self.replica())) {
            throw new TransactionException(Problem.CHANGELOG_RETIRES_ITSELF);
        }
        statements.update("""
            INSERT INTO tm_acknowledged(replica_no, retired) VALUES (?, 1)
            ON CONFLICT (replica_no) DO UPDATE SET retired = 1\
            """, names.replica(replica));
    }

    private void store(
            int number,
            Changelog.@Nullable Acknowledgement current,
            Changelog.@Nullable Acknowledgement next,
            long nextAt,
            boolean retired)
            throws SQLException {
        statements.update(
                "INSERT OR REPLACE INTO tm_acknowledged VALUES (?, ?, ?, ?, ?, ?, ?)",
                number,
                pack(current),
                current == null ? 0 : current.allocated(),
                pack(next),
                next == null ? 0 : next.allocated(),
                nextAt,
                retired ? 1 : 0);
    }

    /** Returns the safe watermark; empty if an active replica has not acknowledged anything. */
    VersionVector safe(ReplicaState self) throws SQLException {
        VersionVector safe = null;
        for (Known known : all()) {
            if (!known.retired()) {
                VersionVector applied = applied(known, self);
                safe = safe == null ? applied : safe.common(applied);
            }
        }
        return safe == null ? VersionVector.EMPTY : safe;
    }

    /** Returns the effective vector of a replica. The vector of this replica covers only its exported changes. */
    private VersionVector applied(Known known, ReplicaState self) throws SQLException {
        if (known.number() == self.replicaNumber()) {
            return own(known).applied().with(self.replica(), self.exportedUpTo());
        }
        return applied(known.effective());
    }

    /**
     * Returns the common part of the latest acknowledgements of all other active replicas, even if not all of their
     * changes are applied here. Other replicas may have collected tombstones within this part. Empty if a replica has
     * acknowledged nothing, or if there is no other.
     */
    VersionVector latestOfOthers(ReplicaState self) throws SQLException {
        VersionVector common = null;
        for (Known known : all()) {
            if (known.number() != self.replicaNumber() && !known.retired()) {
                Changelog.Acknowledgement latest = known.latest();
                VersionVector applied = latest == null ? VersionVector.EMPTY : latest.applied();
                common = common == null ? applied : common.common(applied);
            }
        }
        return common == null ? VersionVector.EMPTY : common;
    }

    /** Returns whether the database has a record of any other replica id. */
    boolean hasOtherReplicas() throws SQLException {
        return all().size() > 1;
    }

    /** Throws if the watermark covers changes that an active replica may still need (R3). */
    void requireSafe(VersionVector watermark, ReplicaState self) throws SQLException {
        for (Known known : all()) {
            boolean isSelf = known.number() == self.replicaNumber();
            if (known.retired() || applied(known, self).covers(watermark)) {
                continue;
            }
            String name = known.name().isEmpty() ? known.id().toString() : known.name();
            Changelog.Acknowledgement latest = isSelf ? null : known.latest();
            if (latest != null && latest.applied().covers(watermark)) {
                throw new Maintenance.NotAcknowledgedException(
                        known.id(), Problem.CHANGELOG_NOT_ARRIVED, name, latest.allocated(), known.head());
            }
            throw new Maintenance.NotAcknowledgedException(known.id(), Problem.CHANGELOG_NOT_ACKNOWLEDGED, name);
        }
    }

    private static byte @Nullable [] pack(Changelog.@Nullable Acknowledgement acknowledged) {
        if (acknowledged == null) {
            return null;
        }
        Map<ReplicaId, Long> heads = acknowledged.applied().heads();
        ByteBuffer out = ByteBuffer.allocate(heads.size() * ENTRY_BYTES);
        heads.forEach((replica, head) -> out.putLong(replica.value()).putLong(head));
        return out.array();
    }

    private static Changelog.@Nullable Acknowledgement unpack(
            ReplicaId replica, byte @Nullable [] packed, long allocated) {
        if (packed == null) {
            return null;
        }
        Map<ReplicaId, Long> heads = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.hasRemaining()) {
            heads.put(new ReplicaId(in.getLong()), in.getLong());
        }
        return new Changelog.Acknowledgement(replica, VersionVector.of(heads), allocated);
    }
}
