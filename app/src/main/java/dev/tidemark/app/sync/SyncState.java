package dev.tidemark.app.sync;

import dev.tidemark.app.model.Sentences;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.sync.SyncProgress;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How sync stands, as far as the window shows it. Immutable.
 *
 * @param on whether a target is set
 * @param target what the library is synced with, in words
 * @param running whether a sync runs
 * @param pushed changes sent in the running sync
 * @param pulled changes received in the running sync
 * @param progress how much of the running sync is done, from 0 to 1; negative while that is not known
 * @param lastSuccess when a sync last went through, or {@code null}
 * @param pending how many of this device's changes are not in the target yet
 * @param problem why the last sync failed, as a sentence, or {@code null}
 */
public record SyncState(
        boolean on,
        String target,
        boolean running,
        long pushed,
        long pulled,
        double progress,
        @Nullable Instant lastSuccess,
        long pending,
        @Nullable String problem) {
    /**
     * What the engine's service says, for the window.
     *
     * @param target what the library is synced with, in words
     */
    public static SyncState of(SyncStatus status, String target) {
        SyncProgress progress = status.progress();
        TidemarkException reason = status.reason();
        boolean known = progress != null && progress.phase() != SyncProgress.Phase.LOOKING && progress.total() > 0;
        return new SyncState(
                status.state() != SyncStatus.State.OFF,
                target,
                status.state() == SyncStatus.State.SYNCING,
                count(progress, SyncProgress.Phase.PUSHING),
                count(progress, SyncProgress.Phase.PULLING),
                progress != null && known ? (double) progress.done() / progress.total() : -1,
                status.lastSuccess(),
                status.pending(),
                reason == null ? null : Sentences.of(reason));
    }

    private static long count(@Nullable SyncProgress progress, SyncProgress.Phase phase) {
        return progress != null && progress.phase() == phase ? progress.total() : 0;
    }

    /** No target is set. */
    public static final SyncState OFF = new SyncState(false, "", false, 0, 0, -1, null, 0, null);
}
