package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sync.LibraryCopier;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A database's library in a storage that several devices share: what they change goes there in segments, and what others
 * changed comes from there.
 *
 * <p>The first sync with an empty storage founds the library there; with a storage that holds a library, it joins that,
 * and what both have becomes one. From then on the device belongs to that library.
 *
 * <p>Thread-safe; one sync of a database runs at a time, over all processes.
 */
public final class RemoteLibrary {
    private final RemoteSession session;

    private RemoteLibrary(RemoteSession session) {
        this.session = session;
    }

    /**
     * The library of this database in this storage; nothing is asked of either yet.
     *
     * @param storage stays open; the caller closes it. An encrypted library has its storage {@linkplain
     *     dev.tidemark.engine.encryption.Encryption#wrap wrapped}
     */
    public static RemoteLibrary open(Database database, RemoteStorage storage) {
        return open(database, storage, "", InstantSource.system());
    }

    /**
     * @param storage stays open; the caller closes it
     * @param program the program and its version, which other devices are told; may be empty
     * @param clock says when; tests set their own
     */
    public static RemoteLibrary open(Database database, RemoteStorage storage, String program, InstantSource clock) {
        return new RemoteLibrary(new RemoteSession(database, storage, program, clock));
    }

    /** Syncs with the default options. */
    public SyncReport sync() {
        return sync(SyncOptions.DEFAULT);
    }

    /**
     * Takes what is new in the storage, then publishes what is new here. With nothing new on either side, that is one
     * request.
     *
     * @throws dev.tidemark.engine.sync.SyncException if a person has to decide or mend something first; the message says what
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails; what was moved until then stays, and the next
     *     sync goes on from there
     */
    public SyncReport sync(SyncOptions options) {
        return session.sync(options);
    }

    /**
     * Every device that the storage knows, this one included, by name. Reads what is new of their records there: one
     * listing, and one request for each device that has given a sign of life since.
     *
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails
     */
    public List<Device> devices() {
        return session.devices();
    }

    /**
     * What the library takes up in the storage: one or two listings.
     *
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails
     */
    public StorageUsage storageUsage() {
        return session.storageUsage();
    }

    /**
     * Syncs, then retires another device: no device waits for it any more. Its changes in the storage stay. If it comes back, it
     * uploads its other changes under a new replica id. {@link dev.tidemark.engine.changelog.Maintenance#exclude} does this for
     * databases that sync without a storage.
     *
     * @return the report of the sync; if it was cancelled, the device was not retired
     * @throws dev.tidemark.engine.sync.SyncException if it is this device, the storage knows no such device, or not all changes that
     *     it uploaded can be read here at this moment ({@link dev.tidemark.engine.Problem#SYNC_RETIRES_UNREAD}). Files that are
     *     damaged or gone for good do not prevent it
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails
     */
    public SyncReport retire(ReplicaId replica, SyncOptions options) {
        return session.retire(replica, options);
    }

    /**
     * Makes what this device holds the library in the storage, in a new epoch: after the storage was wiped, replaced or
     * damaged ({@link dev.tidemark.engine.Problem#SYNC_EMPTIED}), or to start anew there. What else lies there is not
     * removed by this. Other devices stop ({@link dev.tidemark.engine.Problem#SYNC_PUBLISHED_ANEW}) until their person
     * {@linkplain #connect connects} them again.
     *
     * @throws dev.tidemark.engine.sync.SyncException if the storage holds another library
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails; asking again goes on from there
     */
    public SyncReport startNewEpoch(SyncOptions options) {
        return session.startNewEpoch(options);
    }

    /**
     * Connects this device to the library that the storage holds, though it belongs to another one ({@link
     * dev.tidemark.engine.Problem#SYNC_OTHER_LIBRARY}, {@link dev.tidemark.engine.Problem#SYNC_TWO_LIBRARIES}) or to an
     * earlier epoch of it ({@link dev.tidemark.engine.Problem#SYNC_PUBLISHED_ANEW}), and syncs. Of several libraries there,
     * the one with the smallest id is taken.
     *
     * @param joining what becomes of what this device holds; with {@link JoinMode#REPLACE} its database is first copied to a
     *     file beside it, whose name ends in {@code .before-<time>}
     * @throws dev.tidemark.engine.sync.SyncException if the storage holds no library
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails; asking again goes on from there
     */
    public SyncReport connect(JoinMode joining, SyncOptions options) {
        return session.connect(joining, options);
    }

    /**
     * Has a blob on this device, to be opened from {@link Database#blobs} then; fetches it if it is not here. Where the storage
     * can, what a call that was interrupted had fetched is not fetched again. Runs beside a sync.
     *
     * @throws dev.tidemark.engine.blob.BlobException if the storage does not have it, or has it damaged; the next sync tells
     *     other devices, and one that has it puts it there
     * @throws dev.tidemark.engine.storage.StorageException if the storage fails; asking again goes on from there
     */
    public void downloadBlob(BlobId id) {
        downloadBlob(id, bytes -> {});
    }

    /**
     * As {@link #downloadBlob(BlobId)}.
     *
     * @param progress told how many bytes are here, on this thread; ends it by throwing
     */
    public void downloadBlob(BlobId id, LongConsumer progress) {
        session.downloadBlob(id, progress);
    }

    /**
     * What a person should mend although syncs succeed, such as this machine's clock; as far as the requests so far have
     * shown it.
     */
    public Optional<TidemarkException> warning() {
        return session.warning();
    }

    /**
     * For a person who asks for a sync: has the next one try the files again that could not be used, and look after those that
     * only newcomers need (library file and sealed keys). Otherwise later syncs do, now and then. Costs a request for each.
     */
    public void retryAll() {
        session.retryAll();
    }

    /**
     * A number that is another one when others have changed something in the storage, where that can be known at no cost.
     *
     * @throws dev.tidemark.engine.storage.StorageException if the storage cannot be reached
     */
    public OptionalLong fingerprint() {
        return session.fingerprint();
    }

    /**
     * Has the listener told, on some other thread, when others may have changed something in the storage.
     *
     * @param changed returns soon; {@link #fingerprint} tells whether something has changed indeed
     * @return goes on until it is closed; empty if the storage cannot tell
     */
    Optional<RemoteStorage.Watch> watch(Runnable changed) {
        return session.watch(changed);
    }

    /** What becomes of what a device holds when it is connected to the library that a storage holds. Immutable. */
    public enum JoinMode {
        /**
         * Both become one: what the device holds and the storage lacks is published there, and other devices of its former
         * library follow when they next sync with this storage. Nothing is lost on either side. It is also the way back after
         * somebody has published the library anew.
         */
        MERGE,

        /**
         * The storage's library takes the place of the device's: what the device holds and the storage lacks is gone from it,
         * but for a copy of the database that is made before.
         */
        REPLACE
    }

    /**
     * Copies a library from one storage to another, object by object, encrypted or not and without its keys. What is there
     * already is left, so that a copy that ended early is taken up by the next. Devices go on with the old storage until they
     * are told of the new one; what they publish meanwhile comes with another copy. Immutable.
     *
     * @param objects how many were copied, or are there already
     * @param bytes their lengths together
     * @param copied how many of them this copy has moved
     * @param copiedBytes the lengths of these
     */
    public record Copy(long objects, long bytes, long copied, long copiedBytes) {
        /**
         * Copies.
         *
         * @param from stays open, and is only read
         * @param to stays open
         * @param workspace a folder, made if there is none, in which what is large lies meanwhile: nothing is held in memory whole
         *     that is larger than 16 MiB, if both storages can do without
         * @param progress told after each object, with what is known then
         * @throws SyncException if {@code from} holds no library, {@code to} holds anything of another, or both are one place
         * @throws dev.tidemark.engine.storage.StorageException if a storage fails; what was copied until then stays
         */
        public static Copy copy(RemoteStorage from, RemoteStorage to, Path workspace, Consumer<Copy> progress) {
            return new LibraryCopier(from, to, workspace, progress).run();
        }
    }

    /**
     * What a library takes up in a storage, as one listing shows it. Immutable.
     *
     * @param library the library that this device is a replica of
     * @param epoch that library's epoch there: 1, and one more each time that a person published everything again; 0 if its
     *     file is not there
     * @param kinds what each kind of file takes up; kinds that are not there are left out
     * @param devices what each device's changes and records take up
     */
    public record StorageUsage(UUID library, int epoch, Map<Kind, Size> kinds, Map<ReplicaId, Size> devices) {
        /** Copies the maps. */
        public StorageUsage {
            kinds = Map.copyOf(kinds);
            devices = Map.copyOf(devices);
        }

        /** What a file is for. */
        public enum Kind {
            /** Names the library. */
            LIBRARY,
            /** A key of an encrypted library. */
            KEY,
            /** What a device says of itself, and that one is retired. */
            DEVICE,
            /** Changes. */
            CHANGES,
            /** A state of the whole library, in parts. */
            SNAPSHOT,
            /** An attachment. */
            ATTACHMENT,
            /** Not a file of a library: left alone. */
            OTHER
        }

        /**
         * How many files, and their bytes together.
         *
         * @param objects how many
         * @param bytes their lengths together
         */
        public record Size(long objects, long bytes) {
            /** Nothing. */
            public static final Size NONE = new Size(0, 0);

            /** With another one. */
            public Size plus(Size other) {
                return new Size(objects + other.objects, bytes + other.bytes);
            }
        }

        /** Everything together. */
        public Size total() {
            return kinds.values().stream().reduce(Size.NONE, Size::plus);
        }
    }
}
