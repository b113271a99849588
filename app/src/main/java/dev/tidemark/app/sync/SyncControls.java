package dev.tidemark.app.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;

/** The user's commands for background sync. All return at once; the sync state shows the outcome. */
public interface SyncControls {
    void syncNow();

    void cancel();

    void pause();

    void resume();

    /** Uploads everything on this device again. */
    void uploadAgain();

    /** Connects to the library in the storage and merges this device's data into it. */
    void connect();

    /** Asks the user for the passphrase or a recovery code. */
    void enterPassphrase();

    void newRecoveryCode();

    void retire(ReplicaId replica);

    /** Restores the rows that another device deleted. */
    void undo(MassDelete deletion);
}
