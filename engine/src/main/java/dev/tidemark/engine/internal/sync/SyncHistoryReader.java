package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.SyncService;
import java.time.Instant;
import java.util.List;

/** Reads what syncs have left in a database, for people. */
public final class SyncHistoryReader {
    private SyncHistoryReader() {}

    /** See {@link SyncService.History#of}. */
    public static SyncService.History history(Database database, String location) {
        RemoteStateStore remoteState = remoteState(database, location);
        RemoteStateStore.State state = remoteState.state();
        long published = state == null ? 0 : state.pushedUpTo();
        Instant success = state == null || state.successAt().equals(Instant.EPOCH) ? null : state.successAt();
        List<Device> devices = new RemoteDevices(
                        remoteState.retired(), database.changelog().vector(), Instant.now())
                .of(remoteState.devices().values().stream());
        return new SyncService.History(success, Math.max(0, ownHead(database) - published), devices);
    }

    /** Changes made here that the remote is not known to have. */
    public static long pending(Database database, String location) {
        RemoteStateStore.State state = remoteState(database, location).state();
        return Math.max(0, ownHead(database) - (state == null ? 0 : state.pushedUpTo()));
    }

    /** Changes made here that no remote at all is known to have. */
    public static long pendingAnywhere(Database database) {
        return Math.max(0, ownHead(database) - remoteState(database, "").pushedAnywhere());
    }

    /** How many changes were made here. */
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

    /** Has the listener called after each commit of this process or another, until what this returns is closed. */
    public static AutoCloseable onCommit(Database database, Runnable listener) {
        return require(database).onCommit(listener);
    }
}
