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
 * Reads and stores the chain hashes of changes. A change of this replica has a hash only after it was exported, because
 * the content of the change may differ until then. Thread-safe.
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

    /** Returns the known hashes at the heads of a vector. */
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
            commits.updateWithoutFsync(statements -> {
                LogChains.store(statements, hashes);
                return hashes.size();
            });
        }
    }
}
