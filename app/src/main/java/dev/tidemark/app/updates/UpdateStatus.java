package dev.tidemark.app.updates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of the update check. Immutable.
 *
 * @param newer the announcement of a newer version; {@code null} if none is known
 * @param problem a sentence that says why the last check failed; {@code null} if the check succeeded
 * @param checkedAt the time of the last check; {@code null} if there was none or a check is running
 */
public record UpdateStatus(
        State state,
        @Nullable ReleaseInfo newer,
        @Nullable String problem,
        @Nullable Instant checkedAt) {
    public enum State {
        OFF,
        /** The check is on, but has no address. */
        NO_ADDRESS,
        /** No check has finished yet. */
        NOT_YET,
        CHECKING,
        /** The last check failed, and no newer version is known. */
        FAILED,
        /** The last announcement contains no version newer than this one. */
        CURRENT,
        NEWER
    }

    static UpdateStatus of(State state) {
        return new UpdateStatus(state, null, null, null);
    }
}
