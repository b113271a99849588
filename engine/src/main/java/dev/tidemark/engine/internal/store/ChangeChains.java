package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.LogChains;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chain hashes of the changes in a database. An own change has one only if it was exported: before that, its
 * content may change. Thread-safe.
 */
public final class ChangeChains {
    private final ReadPool pool;
    private final CommitPipeline commits;

    ChangeChains(ReadPool pool, CommitPipeline commits) {
        this.pool = pool;
        this.commits = commits;
    }

    /** Returns the hash at a change; {@code null} if it is not known, see {@link LogChains#at}. */
    public @Nullable ChainHash at(ReplicaId replica, long sequence) {
        return read(chains -> chains.at(replica, sequence));
    }

    /** Returns the hashes at the heads of a vector, without those that are not known. */
    public Map<ReplicaId, ChainHash> at(VersionVector vector) {
        return read(chains -> chains.at(vector));
    }

    private <T extends @Nullable Object> T read(SqlFunction<LogChains, T> work) {
        return pool.inTransaction(reader -> {
            try (Statements statements = new Statements(reader.connection())) {
                return work.apply(new LogChains(statements, new NameDictionary(reader.connection())));
            }
        });
    }

    /** Stores the hashes at changes that this database has applied, so that they need not be computed. */
    public void store(Map<Dot, ChainHash> hashes) {
        if (!hashes.isEmpty()) {
            commits.update(statements -> {
                LogChains.store(statements, hashes);
                return hashes.size();
            });
        }
    }
}
