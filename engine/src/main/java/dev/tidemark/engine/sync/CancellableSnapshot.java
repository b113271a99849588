package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.problem.Problem;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Wraps a snapshot, and ends reading it when the sync is cancelled. Does not close the wrapped snapshot. */
record CancellableSnapshot(Snapshot snapshot, BooleanSupplier cancelled) implements Snapshot {
    /** Signals that the sync was cancelled. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String name() {
        return snapshot.name();
    }

    @Override
    public VersionVector vector() {
        return snapshot.vector();
    }

    @Override
    public Map<ReplicaId, ChainHash> chains() {
        return snapshot.chains();
    }

    @Override
    public long clock() {
        return snapshot.clock();
    }

    @Override
    public Snapshot.@Nullable Part next() {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException();
        }
        return snapshot.next();
    }

    @Override
    public void skip(int parts) {
        snapshot.skip(parts);
    }

    @Override
    public void reject(Problem reason) {
        snapshot.reject(reason);
    }

    @Override
    public void applied() {
        snapshot.applied();
    }

    @Override
    public void close() {
        // The code that opened the wrapped snapshot closes it.
    }
}
