package dev.tidemark.engine.changelog;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a database intact and small, without losing data that other devices may need. While a database is idle, the
 * engine by itself compacts small blocks of the changelog, drops acknowledged tombstones, and erases the values of
 * their rows. Only {@link #repair} changes the contents of a table, hidden rows or conflicts. Thread-safe.
 */
public interface Maintenance {
    /**
     * The results of {@link Maintenance#run}.
     *
     * @param blocksCompacted by how many blocks the changelog has become shorter
     * @param tombstonesCollected the number of tombstones dropped
     * @param changesErased the number of changes of deleted rows that lost their values
     * @param bytesFreed by how many bytes the file shrinks at the next WAL checkpoint
     * @param complete whether no work is left
     */
    record Report(
            long blocksCompacted, long tombstonesCollected, long changesErased, long bytesFreed, boolean complete) {}

    /**
     * The results of {@link Maintenance#check}.
     *
     * @param damage descriptions of damage to the file, each a line of SQLite or the engine; empty if it is intact
     * @param isRepairable whether all damage is in indexes. {@link #repair} builds these again from the rows
     * @param differences rows of synced tables that differ from their changes. Empty if the file is damaged, because
     *     the engine then compares no rows
     * @param isClockAhead whether {@link #repair} would set the library's clock back
     */
    record CheckReport(List<String> damage, boolean isRepairable, List<Difference> differences, boolean isClockAhead) {
        /** Copies the lists. */
        public CheckReport {
            damage = List.copyOf(damage);
            differences = List.copyOf(differences);
        }

        /** Whether the check found nothing. */
        public boolean isSound() {
            return damage.isEmpty() && differences.isEmpty() && !isClockAhead;
        }
    }

    /**
     * A row that differs from its changes, because another program wrote it or because its bytes are damaged.
     *
     * @param table the name of the row's table
     * @param row the row's id; {@code null} if the stored value is not a valid id
     */
    record Difference(String table, @Nullable UUID row, Kind kind) {
        /** How the row differs. */
        public enum Kind {
            /** No change inserted the row. */
            INSERTED,
            /** A value differs from the value in its change. */
            CHANGED,
            /** The row is missing, but no change deleted it. */
            DELETED
        }
    }

    /**
     * The results of {@link Maintenance#repair} or {@link Maintenance#adopt}.
     *
     * @param damage descriptions of damage to the file, each a line of SQLite or the engine; empty if it is intact
     * @param inserted the number of rows that no change had inserted. The repair removed them; {@link #adopt} recorded
     *     inserts
     * @param changed the number of rows with other values than their changes. The repair restored the values; {@link
     *     #adopt} recorded updates
     * @param deleted the number of missing rows that no change had deleted. The repair restored them; {@link #adopt}
     *     recorded deletes
     * @param restamped the number of rows written again because a timestamp was more than a year ahead of this
     *     machine's clock
     * @param backup a copy of the file from before indexes were built again or timestamps were repaired, with any
     *     damage; {@code null} if neither was needed
     * @param isReindexed whether damaged indexes were built again
     */
    record RepairReport(
            List<String> damage,
            long inserted,
            long changed,
            long deleted,
            long restamped,
            @Nullable Path backup,
            boolean isReindexed) {
        /** Copies the list. */
        public RepairReport {
            damage = List.copyOf(damage);
        }
    }

    /**
     * What {@link dev.tidemark.engine.Database#rebuild} recovers from a damaged database, beyond the copy that it
     * begins with.
     *
     * @param recovered changes of the damaged changelog that the copy lacks
     * @param reissued of these, changes behind a gap, which become changes of the new replica
     * @param missing changes that neither copy nor changelog have, or that follow them and are in the storage
     * @param isCounted whether the damaged database still says how many changes it had; otherwise more may be missing
     * @param isRelated whether one of copy and damaged database has everything of the other; otherwise the copy is from
     *     before the database was replaced by an older one
     * @param unreadPages pages at the end of the WAL that do not verify, and with them the last commits: damage or a
     *     power cut
     */
    record Rebuild(
            long recovered,
            long reissued,
            List<MissingChanges> missing,
            boolean isCounted,
            boolean isRelated,
            long unreadPages) {
        /** Copies the list. */
        public Rebuild {
            missing = List.copyOf(missing);
        }

        /** How many changes are missing. */
        public long missingCount() {
            return missing.stream()
                    .mapToLong(each -> each.last() - each.first() + 1)
                    .sum();
        }

        /** Whether the rebuilt database has every change of the damaged one. */
        public boolean isComplete() {
            return missing.isEmpty() && isCounted && unreadPages == 0;
        }
    }

    /**
     * Consecutive changes of one replica that cannot be recovered from the file.
     *
     * @param replica the replica that made them
     * @param device its name; empty if it is not known
     * @param first the number of the first change
     * @param last the number of the last change
     * @param mayBeInStorage whether they may have left the file, so that the next sync can bring them
     */
    record MissingChanges(ReplicaId replica, String device, long first, long last, boolean mayBeInStorage) {}

    /**
     * Checks the whole file as {@link #repair} does, and changes nothing. Others read and write meanwhile.
     *
     * @throws dev.tidemark.engine.problem.TidemarkException if the file cannot be read
     */
    default CheckReport check() {
        return check(() -> false);
    }

    /**
     * As {@link #check()}, but can be ended early.
     *
     * @param cancelled called often, on this thread; ends the check when it returns true
     * @throws java.util.concurrent.CancellationException if the check was ended
     * @throws dev.tidemark.engine.problem.TidemarkException if the file cannot be read
     */
    CheckReport check(BooleanSupplier cancelled);

    /**
     * Checks and repairs the whole file. If only indexes are damaged, the method copies the file to one beside it,
     * builds the indexes again and stops; call the method again. If the file has other damage, the method writes no
     * row; restore a backup, or sync a new database. In an intact file, the method restores each row that differs from
     * its changes to the values of these changes. It records no change, because damage looks like the edit of another
     * program and must not reach other devices. To keep the edits of another program, call {@link #adopt} instead. A
     * missing row whose changes were truncated stays missing. A value whose change was truncated cannot be compared,
     * and counts as right.
     *
     * <p>If the library's clock is more than a year ahead of this machine's, because a device's clock once was, the
     * method sets the library's clock back. It copies the file to one beside it, whose name ends in {@code
     * .before-<time>}. It then writes the rows with such timestamps again, including hidden and deleted ones, and
     * truncates the changelog. The next sync uploads a snapshot that replaces the old changes for other devices.
     * Devices that have applied the old changes need a repair of their own.
     *
     * <p>The method reads every row and every change in one transaction. This takes seconds for 100,000 rows, and other
     * writers wait meanwhile.
     */
    RepairReport repair();

    /**
     * Like {@link #repair}, but records rows that differ from their changes as new edits of this replica, so that other
     * devices get them. Call it only if a user wrote the rows, because the engine cannot tell edits from damage.
     */
    RepairReport adopt();

    /**
     * Writes a copy of the database as it is at one moment. Other connections can read and write meanwhile. When the
     * method returns, the copy has been checked and is on the disk. Only its owner may open it, and it has no blobs.
     * When the copy is opened, it becomes a new replica, which has this replica's changes but an id of its own.
     *
     * @param copy a file that does not exist yet, in a folder that exists
     * @throws dev.tidemark.engine.problem.TransactionException if the copy cannot be written or is damaged; the file
     *     was deleted
     */
    void copyTo(Path copy);

    /**
     * Compacts small blocks, drops tombstones that all active replicas have acknowledged, erases the values of their
     * rows from the changelog, and returns free pages to the file system. Works in small transactions, so that other
     * writers can write between them. The next run does the remaining work.
     *
     * @param atMost the time after which the run stops, approximately
     * @param cancelled called between two transactions; the run ends when it returns true
     */
    Report run(Duration atMost, BooleanSupplier cancelled);

    /**
     * Returns how many changes of dropped rows still have their values in the changelog or in the storage of the last
     * sync. A snapshot counts as one change. {@link #run} erases the values in the changelog. Later syncs erase them in
     * the storage, at most once an hour. Deleted rows that are not dropped yet do not count. {@link #run} drops them
     * when all active replicas have acknowledged the delete.
     */
    long pendingErasures();

    /**
     * Returns the vector that every active replica has acknowledged. {@link #truncateLog} may truncate up to this
     * vector. It is empty while a known replica has not acknowledged anything, and never covers own changes that were
     * not exported.
     */
    VersionVector safeWatermark();

    /**
     * Permanently removes the changelog's entries within the watermark, and no others. Their history is lost, and a new
     * replica needs a snapshot, or a storage that still has the entries. From then on, reading below the watermark
     * fails with a {@link Changelog.TruncatedException}.
     *
     * @return how many changes were removed
     * @throws NotAcknowledgedException if the watermark is not within {@link #safeWatermark}; nothing was removed
     */
    long truncateLog(VersionVector watermark);

    /**
     * Stops waiting for a replica to acknowledge changes. Use it for databases that sync with each other directly;
     * {@link dev.tidemark.engine.remote.RemoteLibrary#retire} does this on all devices of a storage. If the replica
     * returns, its edits of rows that were garbage-collected meanwhile become hidden data.
     */
    void exclude(ReplicaId replica);

    /**
     * The engine refused a log truncation and removed nothing, because an active replica may still need the changes.
     * Truncate less, wait for that replica to sync, or retire it.
     */
    final class NotAcknowledgedException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        private final long replica;

        /**
         * @param replica the replica that has not acknowledged
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public NotAcknowledgedException(ReplicaId replica, Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
            this.replica = replica.value();
        }

        /** The replica that has not acknowledged. */
        public ReplicaId replica() {
            return new ReplicaId(replica);
        }
    }
}
