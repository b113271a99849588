package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Marks this replica's changes as exported, durably, before a reader returns them (docs/correctness.md#r6). The mark in
 * the file may be committed but not durable: the fsync of another reader may still run or have failed, or its process
 * may have died before the fsync. So each process also remembers the marks that it made durable itself. Thread-safe.
 */
final class ExportedChanges {
    private final CommitPipeline commits;
    private final ReplicaBinding binding;
    private final AtomicReference<@Nullable Dot> durable = new AtomicReference<>();

    ExportedChanges(CommitPipeline commits, ReplicaBinding binding) {
        this.commits = commits;
        this.binding = binding;
    }

    void mark(Dot last) {
        commits.update(statements ->
                statements.update("""
                    UPDATE tm_replica SET exported_up_to = ?1 WHERE id = ?2 AND exported_up_to < ?1\
                    """, last.sequence(), last.replica().value()));
        markedDurably(last);
    }

    /** Remembers a mark that another transaction has made durable. */
    void markedDurably(Dot last) {
        binding.exported(last);
        durable.accumulateAndGet(
                last,
                (known, now) ->
                        known == null || !known.replica().equals(now.replica()) || known.sequence() < now.sequence()
                                ? now
                                : known);
    }

    /** Returns the last sequence number of this replica that this process has marked durably; 0 if none. */
    long lastMarked(ReplicaId own) {
        Dot known = durable.get();
        return known == null || !known.replica().equals(own) ? 0 : known.sequence();
    }

    /** Clears the mark of this process, because the database has become a replica without changes. */
    void reset() {
        durable.set(null);
    }
}
