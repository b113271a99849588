package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An open storage and its fingerprint at the last sync. Belongs to one thread. */
final class SyncConnection implements AutoCloseable {
    private final RemoteStorage storage;
    private final RemoteLibrary library;
    private OptionalLong seen = OptionalLong.empty();

    private SyncConnection(RemoteStorage storage, RemoteLibrary library) {
        this.storage = storage;
        this.library = library;
    }

    /** @param running cancels the requests to the storage */
    static SyncConnection open(
            Database database, SyncService.Target target, String program, InstantSource clock, RunningSync running) {
        RemoteStorage storage = new CancellableStorage(target.storage().get(), running);
        return new SyncConnection(storage, RemoteLibrary.open(database, storage, program, clock));
    }

    RemoteLibrary library() {
        return library;
    }

    /** Whether checking for changes of other devices costs nothing. */
    boolean isListingFree() {
        return storage.isListingFree();
    }

    /** The storage's address, for the log. */
    String location() {
        return storage.description();
    }

    /** The problem that the user should fix although syncs succeed; {@code null} if there is none. */
    @Nullable
    TidemarkException warning() {
        return library.warning().orElse(null);
    }

    /** Records the fingerprint. Call it before a sync lists, so that later changes are noticed. */
    void noteFingerprint() {
        seen = library.fingerprint();
    }

    /** Returns whether the storage has changed since then; false if finding out would cost requests. */
    boolean hasChanged() {
        return seen.isPresent() && !library.fingerprint().equals(seen);
    }

    @Override
    public void close() {
        storage.close();
    }
}
