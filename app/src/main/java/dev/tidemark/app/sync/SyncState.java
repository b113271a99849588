package dev.tidemark.app.sync;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.sync.SyncProgress;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sync stands, as far as the window shows it. Immutable.
 *
 * @param state what the engine's service is doing
 * @param target what the library is synced with, in words
 * @param transfer how far the running sync has come
 * @param lastSuccess when a sync last went through, or {@code null}
 * @param pending how many of this device's changes are not in the target yet
 * @param problem why the last sync failed, as a sentence, or {@code null}
 * @param retryAt when it is tried again by itself, or {@code null}
 * @param remedies what the person can do about the problem
 */
public record SyncState(
        SyncStatus.State state,
        String target,
        Transfer transfer,
        @Nullable Instant lastSuccess,
        long pending,
        @Nullable String problem,
        @Nullable Instant retryAt,
        List<SyncRemedy> remedies) {
    /** No target is set. */
    public static final SyncState OFF =
            new SyncState(SyncStatus.State.OFF, "", Transfer.NOTHING, null, 0, null, null, List.of());

    /**
     * How far a sync has come.
     *
     * @param pushed changes sent
     * @param pulled changes received
     * @param bytes bytes moved both ways
     * @param filesDone bytes of files that were sent
     * @param files bytes of files to be sent; 0 unless that is what it does
     * @param progress how much is done, from 0 to 1; negative while that is not known
     */
    public record Transfer(long pushed, long pulled, long bytes, long filesDone, long files, double progress) {
        /** None runs. */
        public static final Transfer NOTHING = new Transfer(0, 0, 0, 0, 0, -1);

        static Transfer of(@Nullable SyncProgress progress) {
            if (progress == null) {
                return NOTHING;
            }
            boolean known = progress.phase() != SyncProgress.Phase.LOOKING && progress.total() > 0;
            return new Transfer(
                    progress.phase() == SyncProgress.Phase.PUSHING ? progress.total() : 0,
                    progress.phase() == SyncProgress.Phase.PULLING ? progress.total() : 0,
                    progress.bytes(),
                    progress.phase() == SyncProgress.Phase.FILES ? progress.done() : 0,
                    progress.phase() == SyncProgress.Phase.FILES ? progress.total() : 0,
                    known ? (double) progress.done() / progress.total() : -1);
        }
    }

    /**
     * What the engine's service says, for the window.
     *
     * @param target what the library is synced with, in words
     */
    public static SyncState of(SyncStatus status, String target) {
        TidemarkException reason = status.reason();
        return new SyncState(
                status.state(),
                target,
                Transfer.of(status.progress()),
                status.lastSuccess(),
                status.pending(),
                reason == null ? null : ErrorMessages.of(reason),
                status.retryAt(),
                SyncRemedy.forError(reason));
    }

    /** The same as another object, so that whoever listens to each setting is told. */
    SyncState again() {
        return new SyncState(state, target, transfer, lastSuccess, pending, problem, retryAt, remedies);
    }

    /** Whether a target is set. */
    public boolean on() {
        return state != SyncStatus.State.OFF;
    }

    /** Whether a sync runs. */
    public boolean running() {
        return state == SyncStatus.State.SYNCING;
    }
}
