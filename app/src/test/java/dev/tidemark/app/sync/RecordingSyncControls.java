package dev.tidemark.app.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import org.jspecify.annotations.Nullable;

/** Records the commands of the user. */
final class RecordingSyncControls implements SyncControls {
    private int asked;
    private @Nullable MassDelete undone;
    private @Nullable ReplicaId retired;

    /** How often anything without an object was wanted. */
    int asked() {
        return asked;
    }

    /** What was to be brought back; {@code null} if nothing was. */
    @Nullable
    MassDelete undone() {
        return undone;
    }

    /** Which device was to be retired; {@code null} if none was. */
    @Nullable
    ReplicaId retired() {
        return retired;
    }

    @Override
    public void syncNow() {
        asked++;
    }

    @Override
    public void cancel() {
        asked++;
    }

    @Override
    public void pause() {
        asked++;
    }

    @Override
    public void resume() {
        asked++;
    }

    @Override
    public void uploadAgain() {
        asked++;
    }

    @Override
    public void connect() {
        asked++;
    }

    @Override
    public void enterPassphrase() {
        asked++;
    }

    @Override
    public void newRecoveryCode() {
        asked++;
    }

    @Override
    public void retire(ReplicaId replica) {
        retired = replica;
    }

    @Override
    public void undo(MassDelete deletion) {
        undone = deletion;
    }
}
