package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An open storage and its fingerprint at the last sync. Only one thread may use it. */
final class SyncConnection implements AutoCloseable {
    private final RemoteStorage storage;
    private final RemoteLibrary library;
    private OptionalLong seen = OptionalLong.empty();

    private SyncConnection(RemoteStorage storage, RemoteLibrary library) {
        this.storage = storage;
        this.library = library;
    }

    /**
     * @param running the running sync, which can cancel requests to the storage
     */
    static SyncConnection open(
            Database database, SyncService.Target target, String program, InstantSource clock, RunningSync running) {
        RemoteStorage storage = new CancellableStorage(target.storage().get(), running);
        return new SyncConnection(storage, RemoteLibrary.open(database, storage, program, clock));
    }

    RemoteLibrary library() {
        return library;
    }

    /** Whether listing the storage to find changes of other devices is free. */
    boolean isListingFree() {
        return storage.isListingFree();
    }

    /** Returns the storage's address, for the log. */
    String location() {
        return storage.description();
    }

    /** Returns a problem that the user should fix although syncs succeed; {@code null} if there is none. */
    @Nullable
    TidemarkException warning() {
        return library.warning().orElse(null);
    }

    /**
     * Records the fingerprint of the storage. Call it before a sync lists the storage, so that later changes are
     * noticed.
     */
    void recordFingerprint() {
        seen = library.fingerprint();
    }

    /** Returns whether the storage has changed since {@link #recordFingerprint}; false if listing it is not free. */
    boolean hasChanged() {
        return seen.isPresent() && !library.fingerprint().equals(seen);
    }

    @Override
    public void close() {
        storage.close();
    }
}
