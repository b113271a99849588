package dev.tidemark.app.sync;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sync state as the window shows it. Immutable.
 *
 * @param target the storage, as text
 * @param lastSuccess the time of the last successful sync; {@code null} if no sync has succeeded
 * @param pending the number of changes of this device that are not uploaded yet
 * @param problem a sentence that says why the last sync failed; {@code null} if the sync succeeded
 * @param retryAt the time at which the service retries; {@code null} if it does not retry
 * @param remedies ways to fix the problem
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
    public static final SyncState OFF =
            new SyncState(SyncStatus.State.OFF, "", Transfer.NOTHING, null, 0, null, null, List.of());

    /**
     * The progress of a sync.
     *
     * @param pushed the number of changes that the sync uploads; 0 in other phases
     * @param pulled the number of changes that the sync downloads; 0 in other phases
     * @param bytes the number of bytes transferred in both directions
     * @param filesDone the number of bytes of attachments that are uploaded; 0 in other phases
     * @param files the number of bytes of attachments to upload; 0 in other phases
     * @param progress the share of the current phase that is done, from 0 to 1; negative if unknown
     */
    public record Transfer(long pushed, long pulled, long bytes, long filesDone, long files, double progress) {
        public static final Transfer NOTHING = new Transfer(0, 0, 0, 0, 0, -1);

        static Transfer of(SyncStatus.@Nullable Progress progress) {
            if (progress == null) {
                return NOTHING;
            }
            boolean known = progress.phase() != SyncStatus.Progress.Phase.LOOKING && progress.total() > 0;
            return new Transfer(
                    progress.phase() == SyncStatus.Progress.Phase.PUSHING ? progress.total() : 0,
                    progress.phase() == SyncStatus.Progress.Phase.PULLING ? progress.total() : 0,
                    progress.bytes(),
                    progress.phase() == SyncStatus.Progress.Phase.FILES ? progress.done() : 0,
                    progress.phase() == SyncStatus.Progress.Phase.FILES ? progress.total() : 0,
                    known ? (double) progress.done() / progress.total() : -1);
        }
    }

    /**
     * Converts the status of the sync service.
     *
     * @param target the storage, as text
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

    /** Returns an equal copy. Setting a property to it notifies the listeners; setting the same object would not. */
    SyncState again() {
        return new SyncState(state, target, transfer, lastSuccess, pending, problem, retryAt, remedies);
    }

    /** Whether a storage is configured. */
    public boolean on() {
        return state != SyncStatus.State.OFF;
    }

    public boolean running() {
        return state == SyncStatus.State.SYNCING;
    }
}
