package dev.tidemark.app.updates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of the update check. Immutable.
 *
 * @param state in short
 * @param newer the version that is newer than this one; {@code null} if none is known
 * @param problem why the last question brought nothing, in a sentence; {@code null} if it brought an answer
 * @param asked when the last question was; {@code null} if there was none
 */
public record UpdateStatus(
        State state,
        @Nullable ReleaseInfo newer,
        @Nullable String problem,
        @Nullable Instant asked) {
    /** What is known, in short. */
    public enum State {
        /** The check is off. */
        OFF,
        /** The check is on, but has no address. */
        NOWHERE,
        /** No check has finished yet. */
        NOT_YET,
        /** A check is running. */
        ASKING,
        /** The last check failed, and no newer version is known. */
        FAILED,
        /** This version is the newest that was announced. */
        CURRENT,
        /** A newer version exists. */
        NEWER
    }

    static UpdateStatus of(State state) {
        return new UpdateStatus(state, null, null, null);
    }
}
