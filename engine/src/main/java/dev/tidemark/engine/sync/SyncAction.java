package dev.tidemark.engine.sync;

/**
 * Something that is done with a library in its storage, and ends with both in step: by default, a sync. Called on one thread
 * at a time.
 */
@FunctionalInterface
public interface SyncAction {
    /**
     * Does it, on the service's thread.
     *
     * @param options tell of progress, and whether to end early
     */
    SyncReport run(RemoteLibrary library, SyncOptions options);
}
