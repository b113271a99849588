package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;
import java.util.OptionalLong;

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
     * @param storage stays open; the caller closes it
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

    /** Has the next sync try the files again that could not be used; otherwise later syncs do, now and then. */
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
}
