package dev.tidemark.engine;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Defines when a commit returns, and so how much a power cut can lose. No mode can leave a corrupt file. Immutable.
 *
 * @param mode the promise
 * @param interval for {@link Mode#INTERVAL}, the longest time from a commit to the start of its fsync; zero for other
 *     modes
 */
public record Durability(Mode mode, Duration interval) {
    /** Each commit waits for its own fsync. A power cut loses no commit that has returned. */
    public static final Durability ALWAYS = new Durability(Mode.ALWAYS, Duration.ZERO);

    /** Each commit waits for an fsync, which waiting writers share. A power cut loses no commit that has returned. */
    public static final Durability GROUP = new Durability(Mode.GROUP, Duration.ZERO);

    /** Commits do not wait for an fsync. A power cut loses the data that the system has not written yet. */
    public static final Durability NONE = new Durability(Mode.NONE, Duration.ZERO);

    /** The kinds of promise. */
    public enum Mode {
        /** See {@link Durability#ALWAYS}. */
        ALWAYS,
        /** See {@link Durability#GROUP}. */
        GROUP,
        /** See {@link Durability#interval}. */
        INTERVAL,
        /** See {@link Durability#NONE}. */
        NONE
    }

    /**
     * @throws IllegalArgumentException if the interval is positive in another mode than INTERVAL, or not positive in
     *     INTERVAL
     */
    public Durability {
        if ((mode == Mode.INTERVAL) == (interval.isZero() || interval.isNegative())) {
            throw new IllegalArgumentException("INTERVAL needs a positive interval, other modes none: " + interval);
        }
    }

    /**
     * With this durability, an fsync covers each commit within this time. A power cut loses at most the last interval.
     */
    public static Durability interval(Duration interval) {
        return new Durability(Mode.INTERVAL, interval);
    }

    /**
     * Thrown if a commit is in the file but its fsync failed, so it is unknown whether the commit survives a power cut.
     * Later commits would be lost together with it, so the database then refuses every write, also with this exception.
     * {@link #problem()} distinguishes the two cases. Reading still works. Check the disk, then close the database,
     * which writes the WAL once more, and reopen it.
     */
    public static final class UnknownException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of the problem's placeholders, in order
         */
        public UnknownException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of the problem's placeholders, in order
         */
        public UnknownException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
