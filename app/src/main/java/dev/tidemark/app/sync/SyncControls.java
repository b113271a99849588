package dev.tidemark.app.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;

/** What the person can have the background sync do. Returns at once; what comes of it is in the state. */
public interface SyncControls {
    /** Syncs now. */
    void syncNow();

    /** Ends the running sync. */
    void cancel();

    /** Has none come by itself. */
    void pause();

    /** Goes on. */
    void resume();

    /** Publishes everything that this device holds again. */
    void uploadAgain();

    /** Connects to the library that the storage holds, and gives it what only this device has. */
    void connect();

    /** Asks the person for the passphrase, or a recovery code. */
    void enterPassphrase();

    /** Makes another recovery code, and shows it. */
    void newRecoveryCode();

    /** Says to all devices that another one is not used any more. */
    void retire(ReplicaId replica);

    /** Brings back what another device deleted. */
    void undo(MassDelete deletion);
}
