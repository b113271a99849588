package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sync.BasicStorageChangelog;
import dev.tidemark.engine.internal.sync.LibraryCopier;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.internal.sync.SegmentChangelog;
import dev.tidemark.engine.internal.sync.SyncHistoryReader;
import dev.tidemark.engine.internal.sync.SyncRunStore;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.SyncActivity;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Syncs a database with its library in a storage that several devices share. A sync downloads the changes of other
 * devices and uploads those of this device, as segments.
 *
 * <p>The first sync with an empty storage creates the library there. If the storage already has a library, the first
 * sync joins it and merges the contents of both. From then on the device belongs to that library.
 *
 * <p>Thread-safe. One sync of a database runs at a time, over all processes.
 */
public final class RemoteLibrary {
    private final RemoteSession session;

    private RemoteLibrary(RemoteSession session) {
        this.session = session;
    }

    /**
     * Opens the library of a database in a storage. This method makes no request yet.
     *
     * @param storage the storage, which the caller closes. If the library is encrypted,
     *     {@linkplain dev.tidemark.engine.encryption.Encryption#wrap wrap} the storage.
     */
    public static RemoteLibrary open(Database database, RemoteStorage storage) {
        return open(database, storage, "", InstantSource.system());
    }

    /**
     * @param storage the storage, which the caller closes
     * @param program the program and its version, shown on other devices, or an empty text
     * @param clock the machine's clock, or another in tests
     */
    public static RemoteLibrary open(Database database, RemoteStorage storage, String program, InstantSource clock) {
        return new RemoteLibrary(new RemoteSession(database, storage, program, clock));
    }

    /**
     * Returns the changelog in a storage in the form that devices use, with segments of many changes of one replica.
     * Use it to copy or inspect a changelog. Devices that share a storage use {@link #open}, which adds snapshots,
     * retirements, repair, and the check that all of them belong to one library.
     *
     * @param storage the storage, which the caller closes
     * @param library {@link dev.tidemark.engine.Database#library} of the database that the changes come from. Segments
     *     of other libraries are not read
     */
    public static Changelog segments(RemoteStorage storage, UUID library) {
        return SegmentChangelog.of(storage, library);
    }

    /**
     * Returns the changelog in a storage with one object for each change. This form is simple to inspect and compare,
     * but needs a request for each change. An object is a segment of one change, which {@link #segments} reads as well.
     * Larger segments are skipped.
     *
     * @param storage the storage, which the caller closes
     * @param library as for {@link #segments}
     */
    public static Changelog objects(RemoteStorage storage, UUID library) {
        return BasicStorageChangelog.of(storage, library);
    }

    /**
     * Returns the results of this database's syncs and the failures of its storage calls. Makes no request to the
     * storage.
     *
     * @param limit the maximal number of runs to return. The newest are returned first.
     */
    public static SyncActivity activity(Database database, int limit) {
        return SyncRunStore.read(database, limit);
    }

    /**
     * Returns the size of the files that this database's replica has uploaded to a storage and not removed, in bytes.
     * Makes no request. Returns 0 if the database has not synced with that storage.
     *
     * @param location the {@link RemoteStorage#description} of the storage
     */
    public static long storedBytes(Database database, String location) {
        return SyncHistoryReader.storedBytes(database, location);
    }

    /** Syncs with the default options. */
    public SyncReport sync() {
        return sync(SyncOptions.DEFAULT);
    }

    /**
     * Downloads new changes from the storage, then uploads those of this device. If there are no changes, it makes one
     * request.
     *
     * @throws dev.tidemark.engine.problem.SyncException if a user must decide or repair something first
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails. Changes moved until then stay, and the
     *     next sync moves the others.
     */
    public SyncReport sync(SyncOptions options) {
        return runRecorded(() -> session.sync(options));
    }

    /** Runs a sync and records its result. An exception while recording a failed sync is suppressed. */
    private SyncReport runRecorded(Supplier<SyncReport> sync) {
        Instant started = session.now();
        long bytes = session.bytes();
        SyncReport report;
        try {
            report = sync.get();
        } catch (TidemarkException e) {
            try {
                if (!(e instanceof SyncException.BusyException) && e.problem() != Problem.SYNC_INTERRUPTED) {
                    record(started, SyncActivity.Counts.NONE, e);
                }
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        TidemarkException problem = SyncOutcome.problemIn(report, session.location(), session.now());
        record(
                started,
                new SyncActivity.Counts(
                        report.pushed(),
                        report.pulled(),
                        report.conflicts(),
                        report.hidden(),
                        report.waiting(),
                        report.blocked(),
                        report.quarantined().size(),
                        session.bytes() - bytes),
                problem == null ? session.warning().orElse(null) : problem);
        return report;
    }

    /** Records that a storage could not be opened. */
    static void recordUnopened(
            Database database, String location, Instant started, Instant ended, TidemarkException failure) {
        SyncRunStore.add(database, location, started, ended, failure);
    }

    private void record(Instant started, SyncActivity.Counts counts, @Nullable TidemarkException problem) {
        session.runs().add(session.location(), started, session.now(), counts, problem);
        session.recordFailures();
    }

    /**
     * Returns every device that has a record in the storage, including this device, ordered by name. Makes one request
     * for a listing, and one for each device that has written a new record since the last call or sync.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails
     */
    public List<Device> devices() {
        return session.devices();
    }

    /**
     * Returns how much space the library takes in the storage. Makes one or two listings.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails
     */
    public StorageUsage storageUsage() {
        return session.storageUsage();
    }

    /**
     * Syncs, then retires another device, so that no device waits for it. Its changes in the storage stay. If the
     * device returns later, it uploads its other changes under a new replica id.
     * {@link dev.tidemark.engine.changelog.Maintenance#exclude} does this for databases that sync without a storage.
     *
     * @return the report of the sync. If the sync was cancelled, the device was not retired.
     * @throws dev.tidemark.engine.problem.SyncException if the replica is this device, if the storage knows no such
     *     device, or if some of its uploaded changes cannot be read now ({@link
     *     dev.tidemark.engine.problem.Problem#SYNC_RETIRES_UNREAD}). Files that are permanently damaged or missing do
     *     not prevent the retirement.
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails
     */
    public SyncReport retire(ReplicaId replica, SyncOptions options) {
        return runRecorded(() -> session.retire(replica, options));
    }

    /**
     * Uploads this device's contents as the library of the storage, in a new epoch. Use it after the storage was wiped,
     * replaced or damaged ({@link dev.tidemark.engine.problem.Problem#SYNC_EMPTIED}), or to start afresh. It removes no
     * other files from the storage. Other devices stop ({@link
     * dev.tidemark.engine.problem.Problem#SYNC_PUBLISHED_ANEW}) until their users {@linkplain #connect connect} them
     * again.
     *
     * @throws dev.tidemark.engine.problem.SyncException if the storage has another library
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails. Another call continues from there.
     */
    public SyncReport startNewEpoch(SyncOptions options) {
        return runRecorded(() -> session.startNewEpoch(options));
    }

    /**
     * Connects this device to the library in the storage, and syncs. Use it if the device belongs to another library
     * ({@link dev.tidemark.engine.problem.Problem#SYNC_OTHER_LIBRARY},
     * {@link dev.tidemark.engine.problem.Problem#SYNC_TWO_LIBRARIES}) or to an earlier epoch ({@link
     * dev.tidemark.engine.problem.Problem#SYNC_PUBLISHED_ANEW}). Of several libraries in the storage, it connects to
     * the one with the smallest id.
     *
     * @param joining how to treat this device's contents. {@link JoinMode#REPLACE} first copies the database to a file
     *     beside it, whose name ends in {@code .before-<time>}.
     * @throws dev.tidemark.engine.problem.SyncException if the storage has no library
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails. Another call continues from there.
     */
    public SyncReport connect(JoinMode joining, SyncOptions options) {
        return runRecorded(() -> switch (joining) {
            case MERGE -> session.merge(options);
            case REPLACE -> session.replace(options);
        });
    }

    /**
     * Downloads a blob, unless this device has it. {@link Database#blobs} can open it afterwards. An interrupted
     * download is resumed if the storage supports that. A download may run at the same time as a sync.
     *
     * @throws dev.tidemark.engine.problem.BlobException if the blob is missing or damaged in the storage. The next sync
     *     asks other devices for the blob, and a device that has it uploads it.
     * @throws dev.tidemark.engine.problem.StorageException if the storage fails. Another call continues from there.
     */
    public void downloadBlob(BlobId id) {
        downloadBlob(id, bytes -> {});
    }

    /**
     * Downloads a blob as {@link #downloadBlob(BlobId)} does.
     *
     * @param progress receives the number of bytes downloaded so far, on this thread. An exception from it cancels the
     *     download.
     */
    public void downloadBlob(BlobId id, LongConsumer progress) {
        session.downloadBlob(id, progress);
    }

    /**
     * Returns a problem that the user should fix although syncs succeed, such as a wrong clock of this machine. Empty
     * if no request so far has shown one.
     */
    public Optional<TidemarkException> warning() {
        return session.warning();
    }

    /**
     * Makes the next sync retry all unusable files. That sync also verifies the library file and the key files, which
     * only new devices read, with one request each. Call it when a user requests a sync. Other syncs do this only now
     * and then.
     */
    public void retryAll() {
        session.retryAll();
    }

    /**
     * Returns a number that changes when other devices change the storage; empty if the storage charges for the listing
     * that this needs.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage cannot be reached
     */
    public OptionalLong fingerprint() {
        return session.fingerprint();
    }

    /**
     * Calls the listener, on another thread, when other devices may have changed the storage.
     *
     * @param changed must return soon. {@link #fingerprint} shows whether the storage has changed.
     * @return the running watch; empty if the storage cannot report changes
     */
    Optional<RemoteStorage.Watch> watch(Runnable changed) {
        return session.watch(changed);
    }

    /** The treatment of a device's contents when it connects to the library of a storage. Immutable. */
    public enum JoinMode {
        /**
         * Merges the contents of the device and of the storage. The device uploads what the storage lacks. Other
         * devices of its former library follow when they next sync with this storage. No data is lost on either side.
         * Use this also to reconnect a device after a user has started a new epoch.
         */
        MERGE,

        /**
         * Replaces the device's library with that of the storage. Copies the database to a file, then removes the
         * contents that only the device has.
         */
        REPLACE
    }

    /**
     * Copies a library from one storage to another, object by object. Copying an encrypted library needs no keys.
     * Objects that the target has are skipped, so a new copy continues an interrupted one. Devices use the old storage
     * until they are configured for the new one. Copy again to get the changes that they upload meanwhile. Immutable.
     *
     * @param objects the number of objects copied so far, by this or an earlier run
     * @param bytes the sum of their lengths
     * @param copied the number of objects that this run copied
     * @param copiedBytes the sum of their lengths
     */
    public record Copy(long objects, long bytes, long copied, long copiedBytes) {
        /**
         * Copies the library.
         *
         * @param from the source, which is only read, and not closed
         * @param to the target, which is not closed
         * @param workspace a folder for objects above 16 MiB, which is created if missing. With it, no such object is
         *     in memory as a whole, if both storages allow this.
         * @param progress receives the counts so far after each copied object
         * @throws SyncException if {@code from} has no library, if {@code to} has files of another library, or if both
         *     are the same storage
         * @throws dev.tidemark.engine.problem.StorageException if a storage fails. Objects copied until then stay.
         */
        public static Copy copy(RemoteStorage from, RemoteStorage to, Path workspace, Consumer<Copy> progress) {
            return of(new LibraryCopier(from, to, workspace, counts -> progress.accept(of(counts))).run());
        }

        private static Copy of(LibraryCopier.Counts counts) {
            return new Copy(counts.objects(), counts.bytes(), counts.copied(), counts.copiedBytes());
        }
    }
}
