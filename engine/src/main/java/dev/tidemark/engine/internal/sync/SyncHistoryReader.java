package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.sync.Device;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sync history in a database, to show it to users. */
public final class SyncHistoryReader {
    private SyncHistoryReader() {}

    /**
     * The history of a database's syncs with one storage.
     *
     * @param lastSuccess when a sync last succeeded; null if no sync did
     * @param pending the number of local changes that the storage is not known to have
     * @param devices the other devices of the storage, and those that garbage collection waits for although the storage
     *     has no record of them, sorted by name
     */
    public record History(@Nullable Instant lastSuccess, long pending, List<Device> devices) {}

    /** Reads the history of syncs with the storage at an address. */
    public static History history(Database database, String location) {
        RemoteStateStore remoteState = remoteState(database, location);
        RemoteStateStore.State state = remoteState.state();
        long pushedUpTo = state == null ? 0 : state.pushedUpTo();
        Instant success = state == null || state.successAt().equals(Instant.EPOCH) ? null : state.successAt();
        List<Device> devices = new RemoteDevices(database, remoteState.retired(), Instant.now())
                .of(List.copyOf(remoteState.devices().values()));
        return new History(success, Math.max(0, ownHead(database) - pushedUpTo), devices);
    }

    /** Returns the number of local changes that the storage is not known to have. */
    public static long pending(Database database, String location) {
        RemoteStateStore.State state = remoteState(database, location).state();
        return Math.max(0, ownHead(database) - (state == null ? 0 : state.pushedUpTo()));
    }

    /** Returns the number of local changes that no storage is known to have. */
    public static long pendingAnywhere(Database database) {
        return Math.max(0, ownHead(database) - remoteState(database, "").maxPushed());
    }

    /** Returns the size in bytes of the files that this replica has uploaded to a storage. */
    public static long storedBytes(Database database, String location) {
        return remoteState(database, location).storedBytes();
    }

    /** Returns the number of local changes. */
    public static long ownHead(Database database) {
        ReplicaId self = database.replica();
        return database.changelog().vector().get(self);
    }

    private static RemoteStateStore remoteState(Database database, String location) {
        return new RemoteStateStore(require(database), location);
    }

    static SqliteDatabase require(Database database) {
        if (database instanceof SqliteDatabase sqlite) {
            return sqlite;
        }
        throw new IllegalArgumentException("Not a database of this engine: " + database);
    }

    /** Calls the listener after each commit, also of other processes, until the returned object is closed. */
    public static AutoCloseable onCommit(Database database, Runnable listener) {
        return require(database).onCommit(listener);
    }
}
