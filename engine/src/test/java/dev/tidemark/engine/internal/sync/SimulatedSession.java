package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;

/** A session with sequential requests, so that a storage's faults are repeatable. */
public final class SimulatedSession {
    private SimulatedSession() {}

    /** The database's library in this storage. */
    public static RemoteSession open(
            Database database, RemoteStorage storage, InstantSource clock, Encryption encryption) {
        return new RemoteSession(database, storage, "", clock, encryption, ScryptCost.MIN, Transfers.sequential());
    }

    /** The keys in this storage, sealed at little cost. */
    public static KeyFiles keys(RemoteStorage storage) {
        return KeyFiles.in(storage, ScryptCost.MIN);
    }
}
