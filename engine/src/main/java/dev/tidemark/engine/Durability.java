package dev.tidemark.engine;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Defines when a commit returns, and so how much a power cut can lose. No mode can leave a corrupt file. Immutable.
 *
 * @param mode the promise
 * @param interval for {@link Mode#INTERVAL}: the longest time that a commit may be without an fsync; else zero
 */
public record Durability(Mode mode, Duration interval) {
    /** Each commit waits for its own fsync. Loses nothing acknowledged. */
    public static final Durability ALWAYS = new Durability(Mode.ALWAYS, Duration.ZERO);

    /** Commits wait for an fsync that covers them; waiting writers share it. Loses nothing acknowledged. */
    public static final Durability GROUP = new Durability(Mode.GROUP, Duration.ZERO);

    /** Commits do not wait for an fsync. Loses the data that the system had not written yet. */
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

    /** @throws IllegalArgumentException if an interval is given without its mode, or is not positive with it */
    public Durability {
        if ((mode == Mode.INTERVAL) == (interval.isZero() || interval.isNegative())) {
            throw new IllegalArgumentException("INTERVAL needs a positive interval, other modes none: " + interval);
        }
    }

    /** An fsync covers each commit within this time. A power cut loses at most the last interval. */
    public static Durability interval(Duration interval) {
        return new Durability(Mode.INTERVAL, interval);
    }

    /**
     * The commit is in the file, but its fsync failed, so it is unknown whether it survives a power cut. Later commits
     * would be lost with it, so the database refuses every further write with this exception, too; {@link #problem()}
     * tells the cases apart. Reading still works. Check the disk, then close the database, which writes the WAL once
     * more, and reopen it.
     */
    public static final class UnknownException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnknownException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnknownException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
