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
 * Keeps a database intact, and small without losing data that other devices may need. A database that is idle for a
 * moment does the harmless part by itself: it compacts small blocks, and drops deleted rows with their values. Only
 * {@link #repair} changes the contents of a table, hidden rows or conflicts. Thread-safe.
 */
public interface Maintenance {
    /**
     * The results of a run.
     *
     * @param blocksCompacted by how much the number of blocks of the changelog fell
     * @param tombstonesCollected the number of tombstones dropped
     * @param changesErased the number of changes of deleted rows that lost their values
     * @param bytesFreed by how much the file shrinks, once a WAL checkpoint has run
     * @param complete whether no work is left
     */
    record Report(
            long blocksCompacted, long tombstonesCollected, long changesErased, long bytesFreed, boolean complete) {}

    /**
     * The results of a check.
     *
     * @param damage descriptions of damage to the file, each a line of SQLite or the engine; empty if it is intact
     * @param isRepairable whether all damage is in indexes, which {@link #repair} builds again from the rows
     * @param differences rows of synced tables that differ from their changes; empty in a damaged file, which is not
     *     compared
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
     * A row that differs from its changes: another program wrote it, or its bytes are damaged.
     *
     * @param table the name of its table
     * @param row its id; {@code null} if what is stored is no id
     */
    record Difference(String table, @Nullable UUID row, Kind kind) {
        /** How the row differs. */
        public enum Kind {
            /** No change inserted it. */
            INSERTED,
            /** A value is not the one of its change. */
            CHANGED,
            /** No change deleted it. */
            DELETED
        }
    }

    /**
     * The results of a repair.
     *
     * @param damage descriptions of damage to the file, each a line of SQLite or the engine; empty if it is intact
     * @param inserted rows that no change had inserted, now removed; or recorded as inserts by {@link #adopt}
     * @param changed rows with other values than their changes, now written again; or recorded as updates
     * @param deleted rows that no change had deleted, now back; or recorded as deletes
     * @param restamped rows written again because a timestamp was more than a year ahead of this machine's clock
     * @param backup the copy of the file from before rows were written or indexes built again, with its damage;
     *     {@code null} if none were
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
     * What {@link dev.tidemark.engine.Database#rebuild} recovers from a damaged database, beyond the copy that it begins with.
     *
     * @param recovered changes of the damaged changelog that the copy lacks
     * @param reissued of these, changes behind a gap, which become changes of the new replica
     * @param missing changes that neither copy nor changelog have, or that follow them and are in the storage
     * @param isCounted whether the damaged database still says how many changes it had; otherwise more may be missing
     * @param isRelated whether one of copy and damaged database has everything of the other; otherwise the copy is from
     *     before the database was replaced by an older one
     * @param unreadPages pages at the end of the WAL that do not verify, and with them the last commits: damage or a power cut
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
     * Checks the whole file. If only indexes are damaged, copies the file to one beside it, builds them again and does
     * no more: check and repair again. Otherwise writes rows that differ from their changes as the changes wrote them:
     * damage looks like the edit of another program, and must not reach other devices. No change is made. {@link
     * #adopt} takes the edits of another program instead. A deleted row stays deleted if its changes were truncated; a
     * value whose change was truncated cannot be compared and counts as right. In a damaged file no row is written:
     * restore a backup, or sync a new database.
     *
     * <p>If the library's clock is more than a year ahead of this machine's, because a device's clock once was, this
     * sets the library's clock back: it copies the file to one beside it, whose name ends in {@code .before-<time>},
     * writes rows with such timestamps again, hidden and deleted ones included, and truncates the changelog. The next
     * sync uploads a snapshot that replaces the old changes for other devices. Devices that have applied them need a
     * repair of their own.
     *
     * <p>Reads every row and every change in one transaction: seconds for 100,000 rows, in which other writers wait.
     */
    RepairReport repair();

    /**
     * As {@link #repair}, but records rows that differ from their changes as edits of this replica, made now: other
     * devices get them. Only a user who wrote them with another program knows that they are no damage.
     */
    RepairReport adopt();

    /**
     * Writes a copy of the database, as it is at one moment, while others read and write. The copy is checked, is on the
     * disk when this returns, and only its owner may open it. It has no blobs. Opening it later makes a new replica, which
     * has this one's changes; the two never use one number twice.
     *
     * @param copy a file that does not exist yet, in a folder that does
     * @throws dev.tidemark.engine.problem.TransactionException if the copy cannot be written or is damaged; it was deleted
     */
    void copyTo(Path copy);

    /**
     * Compacts small blocks, drops tombstones that all active replicas have acknowledged, erases the values of their rows
     * from the changelog, and returns the space. Works
     * in small transactions, between which other writers write; the next run does the remaining work.
     *
     * @param atMost stops after about this time
     * @param cancelled called between two transactions; ends the run if it returns true
     */
    Report run(Duration atMost, BooleanSupplier cancelled);

    /**
     * Returns how many changes of dropped rows still have their values in the changelog, or in the storage of the last
     * sync; a snapshot counts as one. The values are erased by {@link #run}, and in the storage by later syncs, once it is
     * an hour since the last ones were. Deleted rows that are not dropped yet do not count: {@link #run} drops them when
     * all active replicas have acknowledged the delete.
     */
    long pendingErasures();

    /**
     * Returns the vector that every active replica has acknowledged and up to which {@link #truncateLog} may truncate:
     * empty while a known replica has not acknowledged, and never beyond the changes that have left this file.
     */
    VersionVector safeWatermark();

    /**
     * Removes exactly the changelog's entries within the watermark, permanently. Their history is lost, and a new
     * replica needs a snapshot, or a storage that still has them. Reading below the watermark fails as {@linkplain
     * Changelog.TruncatedException too old} from then on.
     *
     * @return how many changes were removed
     * @throws NotAcknowledgedException if the watermark is not within {@link #safeWatermark}; nothing was removed
     */
    long truncateLog(VersionVector watermark);

    /**
     * Makes this database wait no longer for a replica to acknowledge changes. For databases that sync with each other
     * directly; {@link dev.tidemark.engine.remote.RemoteLibrary#retire} does this on all devices of a storage. If the
     * replica comes back, its edits of rows that were garbage-collected meanwhile are listed as hidden and not shown.
     */
    void exclude(ReplicaId replica);

    /**
     * The engine refused a log truncation and removed nothing: an active replica may still need the changes. Truncate
     * less, wait for that replica to sync, or retire it.
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
