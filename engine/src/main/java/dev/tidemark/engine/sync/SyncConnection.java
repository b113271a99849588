package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An open storage and what was last seen of it. Belongs to one thread. */
final class SyncConnection implements AutoCloseable {
    private final RemoteStorage storage;
    private final RemoteLibrary library;
    private OptionalLong seen = OptionalLong.empty();

    private SyncConnection(RemoteStorage storage, RemoteLibrary library) {
        this.storage = storage;
        this.library = library;
    }

    /** @param running ends what is asked of the storage */
    static SyncConnection open(
            Database database, SyncService.Target target, String program, InstantSource clock, RunningSync running) {
        RemoteStorage storage = new CancellableStorage(target.storage().get(), running);
        return new SyncConnection(storage, RemoteLibrary.open(database, storage, program, clock));
    }

    RemoteLibrary library() {
        return library;
    }

    /** Whether looking for what others have changed costs nothing. */
    boolean isListingFree() {
        return storage.isListingFree();
    }

    /** Where it is, for the log. */
    String location() {
        return storage.description();
    }

    /** What should be mended though the sync went well; {@code null} if nothing. */
    @Nullable
    TidemarkException warning() {
        return library.warning().orElse(null);
    }

    /** Before a sync lists: what changes after this is noticed later. */
    void noteFingerprint() {
        seen = library.fingerprint();
    }

    /** Whether something has come or gone since, where that can be seen at no cost. */
    boolean hasChanged() {
        return seen.isPresent() && !library.fingerprint().equals(seen);
    }

    @Override
    public void close() {
        storage.close();
    }
}
