package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncProgress;
import dev.tidemark.engine.sync.SyncReport;
import java.time.InstantSource;
import java.util.OptionalLong;

/** A database and a remote, and what one sync leaves for the next in memory. One sync at a time. */
public final class RemoteSession {
    private final SqliteDatabase database;
    private final CountingStorage storage;
    private final String program;
    private final InstantSource clock;
    private final Troubles troubles = new Troubles();

    /** @param program the program and its version, for the device record */
    public RemoteSession(Database database, RemoteStorage storage, String program, InstantSource clock) {
        this.database = RemoteJournal.require(database);
        this.storage = new CountingStorage(storage);
        this.program = program;
        this.clock = clock;
    }

    /** Syncs once, when no other sync of the database runs any more. */
    public SyncReport sync(SyncOptions options) {
        options.progress().accept(new SyncProgress(SyncProgress.Phase.LOOKING, 0, 0));
        SyncLock lock = SyncLock.acquire(database.file(), options.patience());
        try (lock) {
            return new LibrarySync(database, storage, program, clock, troubles).run(options);
        }
    }

    /** Forgets which files were bad, so that the next sync tries all of them. */
    public void retryAll() {
        troubles.forget();
    }

    /**
     * A number that is another one when others have changed something there, if that can be known at no cost. What this
     * device puts does not count.
     */
    public OptionalLong fingerprint() {
        if (!storage.listsFreely()) {
            return OptionalLong.empty();
        }
        String own = "/" + database.replica() + "/";
        long sum = 1;
        for (StoredObject object : storage.list(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS)) {
            if (!object.name().contains(own)) {
                sum = sum * 0x9E3779B97F4A7C15L + object.hashCode();
            }
        }
        return OptionalLong.of(sum);
    }
}
