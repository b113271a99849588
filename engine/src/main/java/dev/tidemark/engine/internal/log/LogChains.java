package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes and stores the chain hashes of the changes in {@code tm_log}. {@code tm_chain} contains some of the hashes.
 * The others are computed when needed, from the nearest stored hash and the changes after it, so commits and merges
 * compute no hashes. Works through one connection, inside its transaction. Not thread-safe.
 */
public final class LogChains {
    /** In each range of this many sequence numbers, only the last stored hash stays. */
    private static final int SPACING = 256;

    private final Statements statements;
    private final NameDictionary names;

    private record Link(long sequence, ChainHash hash) {}

    public LogChains(Statements statements, NameDictionary names) {
        this.statements = statements;
        this.names = names;
    }

    /**
     * Like {@link #at(int, long)}, for a replica given by its id. Also returns {@code null} if this database does not
     * know the replica.
     */
    public @Nullable ChainHash at(ReplicaId replica, long sequence) throws SQLException {
        if (sequence == 0) {
            return ChainDigest.start(replica);
        }
        long number = statements.number("SELECT no FROM tm_replica WHERE id = ?", replica.value());
        return number == 0 ? null : at((int) number, sequence);
    }

    /**
     * Returns the hash at a change of a replica; for sequence number 0, the start of the replica's chain. Returns
     * {@code null} if the changelog does not contain the change yet, or if the hash is not stored and cannot be
     * computed, because changes after the nearest stored hash were truncated.
     */
    @Nullable
    ChainHash at(int replica, long sequence) throws SQLException {
        Link stored = statements.first(
                "SELECT sequence, hash FROM tm_chain WHERE replica_no = ? AND sequence <= ? ORDER BY sequence DESC"
                        + " LIMIT 1",
                row -> new Link(row.getLong(1), ChainHash.of(row.getBytes(2))),
                replica,
                sequence);
        Link from = stored != null ? stored : new Link(0, ChainDigest.start(names.replicaId(replica)));
        if (from.sequence() == sequence) {
            return from.hash();
        }
        long floor = statements.number("SELECT floor FROM tm_replica WHERE no = ?", replica);
        return floor > from.sequence() ? null : extended(replica, from, sequence);
    }

    /** Returns the known hashes at the heads of a vector. */
    public Map<ReplicaId, ChainHash> at(VersionVector vector) throws SQLException {
        Map<ReplicaId, ChainHash> chains = new HashMap<>();
        for (Map.Entry<ReplicaId, Long> head : vector.heads().entrySet()) {
            ChainHash hash = at(head.getKey(), head.getValue());
            if (hash != null) {
                chains.put(head.getKey(), hash);
            }
        }
        return chains;
    }

    private @Nullable ChainHash extended(int replica, Link from, long to) throws SQLException {
        ChainDigest digest = new ChainDigest();
        Link[] reached = {from};
        new LogReader(statements, names)
                .read(
                        replica,
                        from.sequence() + 1,
                        to,
                        change ->
                                reached[0] = new Link(change.dot().sequence(), digest.next(reached[0].hash(), change)));
        return reached[0].sequence() == to ? reached[0].hash() : null;
    }

    /** Stores the hash at a change, and removes the hashes shortly before it. */
    void store(int replica, long sequence, ChainHash hash) throws SQLException {
        store(statements, replica, sequence, hash);
    }

    /** Stores the hashes at changes that the changelog contains, and removes the hashes shortly before each of them. */
    public static void store(Statements statements, Map<Dot, ChainHash> hashes) throws SQLException {
        for (Map.Entry<Dot, ChainHash> hash : hashes.entrySet()) {
            Dot dot = hash.getKey();
            long number = statements.number(
                    "SELECT no FROM tm_replica WHERE id = ? AND head >= ?",
                    dot.replica().value(),
                    dot.sequence());
            if (number > 0) {
                store(statements, (int) number, dot.sequence(), hash.getValue());
            }
        }
    }

    private static void store(Statements statements, int replica, long sequence, ChainHash hash) throws SQLException {
        statements.update(
                "DELETE FROM tm_chain WHERE replica_no = ?1 AND sequence BETWEEN ?2 AND ?3"
                        + " AND sequence > (SELECT floor FROM tm_replica WHERE no = ?1)",
                replica,
                sequence - sequence % SPACING,
                sequence - 1);
        statements.update("INSERT OR REPLACE INTO tm_chain VALUES (?, ?, ?)", replica, sequence, hash.toBytes());
    }

    /** Stores the hash at a change. Called before the changes up to this one are truncated. */
    void storeAt(int replica, long sequence) throws SQLException {
        ChainHash hash = at(replica, sequence);
        if (hash != null) {
            store(replica, sequence, hash);
        }
    }

    /** Removes the hashes above a change, because the changes there are removed. */
    void removeTail(int replica, long last) throws SQLException {
        statements.update("DELETE FROM tm_chain WHERE replica_no = ? AND sequence > ?", replica, last);
    }
}
