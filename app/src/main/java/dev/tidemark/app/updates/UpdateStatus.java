package dev.tidemark.app.updates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of newer versions. Immutable.
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
        /** Nobody is to be asked. */
        OFF,
        /** Somebody is to be asked, but it is not said who. */
        NOWHERE,
        /** No question has been answered or has failed yet. */
        NOT_YET,
        /** Being asked. */
        ASKING,
        /** The last question brought nothing, and nothing newer is known from before. */
        FAILED,
        /** This version is the newest that was announced. */
        CURRENT,
        /** There is a newer one. */
        NEWER
    }

    static UpdateStatus of(State state) {
        return new UpdateStatus(state, null, null, null);
    }
}
