package dev.tidemark.app.sync;

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
    /** No target is set. */
    public static final SyncState OFF = new SyncState(false, "", false, 0, 0, -1, null, 0, null);
}
