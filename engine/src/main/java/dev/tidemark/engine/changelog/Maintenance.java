package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a database sound, and small without losing what another device may need. The database does the harmless part by
 * itself when it is left alone for a moment: merging small blocks, and forgetting what was deleted everywhere. Nothing here
 * but {@link #repair} changes what is in a table, listed as hidden, or in conflict. Thread-safe.
 */
public interface Maintenance {
    /**
     * What a run did.
     *
     * @param blocksCompacted by how many the blocks of the changelog are fewer
     * @param tombstonesCollected how many deleted rows nothing is known of any more
     * @param bytesFreed by how much the file is smaller, once the log beside it is written back
     * @param complete whether nothing is left to do
     */
    record Report(long blocksCompacted, long tombstonesCollected, long bytesFreed, boolean complete) {}

    /**
     * What a look at the whole file found.
     *
     * @param damage what is wrong with it, each a line in SQLite's or the engine's words; empty if it is sound
     * @param inserted rows that another program had put into synced tables
     * @param changed rows that another program had changed there
     * @param deleted rows that another program had deleted there
     * @param restamped rows that were written again, because a timestamp lay more than a year ahead of this machine's clock
     * @param backup the file as it was before rows were written again; {@code null} if none were
     */
    record RepairReport(
            List<String> damage,
            long inserted,
            long changed,
            long deleted,
            long restamped,
            @Nullable Path backup) {
        /** Copies the list. */
        public RepairReport {
            damage = List.copyOf(damage);
        }
    }

    /**
     * Looks at the whole file, and takes what other programs did to synced tables as edits of this replica, made now, so
     * that other devices get them and tables are again what the changelog says. Without this such edits stay here, and may
     * be overwritten by the next change that arrives for their row. Of a damaged file nothing is taken: restore it from a
     * backup, or sync a fresh one. Values whose changes were compacted away cannot be compared, and are believed.
     *
     * <p>If the library's clock is more than a year ahead of this machine's, because some device's was once, the clock is set
     * back: rows with such timestamps are written again, hidden and deleted ones included, and the changelog is compacted,
     * after the whole file was copied to one beside it, whose name ends in {@code .before-<time>}. The next sync puts a
     * snapshot that leads other devices around the old changes. Devices that have applied them need a repair of their own.
     *
     * <p>Reads every row and every change, in one transaction: seconds for 100,000 rows, while which others wait to write.
     */
    RepairReport repair();

    /**
     * Merges small blocks, forgets rows that were deleted and that all active replicas know to be deleted, and gives the
     * space back. Works in small transactions, between which others write; what is left over, the next run does.
     *
     * @param atMost stops after about this time
     * @param cancelled asked between two transactions
     */
    Report run(Duration atMost, BooleanSupplier cancelled);

    /**
     * Up to where every active replica has acknowledged, so that {@link #truncateLog} is allowed: empty as long as one that is
     * known has not, and never beyond what has left this file.
     */
    VersionVector safeWatermark();

    /**
     * Removes exactly the changelog's entries within the watermark, for good: their history, and the possibility to bring
     * a new replica up to date from this database alone, without a snapshot or a storage that still has them. Reading below
     * fails as {@linkplain Changelog.TruncatedException too old} from then on.
     *
     * @return how many changes were removed
     * @throws NotAcknowledgedException if the watermark is not within {@link #safeWatermark}; nothing was removed
     */
    long truncateLog(VersionVector watermark);

    /**
     * Makes this database wait no longer for a replica to acknowledge changes. For databases that sync with each other directly;
     * {@link dev.tidemark.engine.sync.RemoteLibrary#retire} does this on all devices of a storage. If the replica comes back, its
     * edits of rows that were removed meanwhile are listed as edited after their removal, and not shown.
     */
    void exclude(ReplicaId replica);

    /**
     * A compaction was refused, and nothing was removed: an active replica may still need what it would remove. Compact less,
     * wait for that replica to sync, or retire it.
     */
    final class NotAcknowledgedException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        private final long replica;

        /**
         * @param replica who has not acknowledged
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public NotAcknowledgedException(ReplicaId replica, Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
            this.replica = replica.value();
        }

        /** Who has not acknowledged. */
        public ReplicaId replica() {
            return new ReplicaId(replica);
        }
    }
}
