package dev.tidemark.app.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;

/** What the user can tell the background sync to do. All methods return at once. The sync state shows the result. */
public interface SyncControls {
    void syncNow();

    void cancel();

    void pause();

    void resume();

    /** Uploads the whole library of this device again. */
    void uploadAgain();

    /** Connects to the library in the storage, and merges it with the library of this device. */
    void connect();

    /** Asks the user for the passphrase or a recovery code. */
    void enterPassphrase();

    void newRecoveryCode();

    void retire(ReplicaId replica);

    /** Restores the rows that another device deleted. */
    void undo(MassDelete deletion);
}
