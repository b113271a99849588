package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Batch;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Options of a sync. {@link #DEFAULT} has the defaults. Methods with parameters return a changed copy. Immutable. */
public final class SyncOptions {
    /**
     * The default options. Merges have up to 10,000 changes or 8 MiB, and run at full speed. Pushes have up to 25,000
     * changes or 12 MiB before compression, of which a process of 300 MB can hold two. There is no listener. The lock
     * timeout is 30 s.
     */
    public static final SyncOptions DEFAULT = new SyncOptions(
            Batch.Limit.DEFAULT,
            new Batch.Limit(25_000, 12L << 20),
            progress -> {},
            () -> false,
            () -> true,
            Duration.ofSeconds(30),
            () -> MergePace.FULL);

    private final Batch.Limit pullLimit;
    private final Batch.Limit pushLimit;
    private final Consumer<SyncStatus.Progress> progress;
    private final BooleanSupplier cancelled;
    private final BooleanSupplier pushes;
    private final Duration lockTimeout;
    private final Supplier<MergePace> pace;

    private SyncOptions(
            Batch.Limit pullLimit,
            Batch.Limit pushLimit,
            Consumer<SyncStatus.Progress> progress,
            BooleanSupplier cancelled,
            BooleanSupplier pushes,
            Duration lockTimeout,
            Supplier<MergePace> pace) {
        this.pullLimit = pullLimit;
        this.pushLimit = pushLimit;
        this.progress = progress;
        this.cancelled = cancelled;
        this.pushes = pushes;
        this.lockTimeout = lockTimeout;
        this.pace = pace;
    }

    /** Returns these options with a progress listener. */
    public SyncOptions with(Consumer<SyncStatus.Progress> listener) {
        return new SyncOptions(pullLimit, pushLimit, listener, cancelled, pushes, lockTimeout, pace);
    }

    /** Returns these options with a condition that cancels the sync. */
    public SyncOptions cancelledWhen(BooleanSupplier condition) {
        return new SyncOptions(pullLimit, pushLimit, progress, condition, pushes, lockTimeout, pace);
    }

    /** Returns these options with the same limit for pulls and pushes. */
    public SyncOptions with(Batch.Limit limit) {
        return new SyncOptions(limit, limit, progress, cancelled, pushes, lockTimeout, pace);
    }

    /** Returns these options with an additional condition for pushing. */
    public SyncOptions pushingIf(BooleanSupplier condition) {
        return new SyncOptions(
                pullLimit,
                pushLimit,
                progress,
                cancelled,
                () -> pushes.getAsBoolean() && condition.getAsBoolean(),
                lockTimeout,
                pace);
    }

    /** Returns these options with another lock timeout. */
    public SyncOptions withLockTimeout(Duration longest) {
        return new SyncOptions(pullLimit, pushLimit, progress, cancelled, pushes, longest, pace);
    }

    /** Returns these options with a supplier that sets the pace before each merge. */
    public SyncOptions paced(Supplier<MergePace> wanted) {
        return new SyncOptions(pullLimit, pushLimit, progress, cancelled, pushes, lockTimeout, wanted);
    }

    /**
     * The pace of merges. It consists of the size of a merge transaction and the rest after it. A merge uses the
     * processor and blocks writers, so a program can slow merges down while a user types. Immutable.
     *
     * @param changes the maximal number of changes of a merge, at least 1. {@link SyncOptions#pullLimit} applies, too.
     * @param rest the rest after a merge, as a multiple of the merge's duration; 0 for no rest
     */
    public record MergePace(int changes, double rest) {
        /** Full speed: merges without a limit of their own, and no rest. */
        public static final MergePace FULL = new MergePace(Integer.MAX_VALUE, 0);

        /** The longest rest. It bounds the delay after a slow merge on a busy machine. */
        static final Duration MAX_REST = Duration.ofSeconds(1);

        /** @throws IllegalArgumentException if {@code changes} is below 1, or the rest is negative or NaN */
        public MergePace {
            if (changes < 1 || !(rest >= 0)) {
                throw new IllegalArgumentException(
                        "A merge takes at least one change, and the rest after it at least no time");
            }
        }

        /** Returns the limit with at most this pace's number of changes. */
        Batch.Limit within(Batch.Limit limit) {
            return new Batch.Limit(Math.min(limit.changes(), changes), limit.bytes());
        }

        /** Returns the rest after a merge of this duration, at most one second. */
        Duration pauseAfter(Duration merge) {
            double nanos = Math.min((double) merge.toNanos() * rest, (double) MAX_REST.toNanos());
            return Duration.ofNanos((long) nanos);
        }
    }

    /** Returns the limit of a batch that is merged in one transaction. */
    public Batch.Limit pullLimit() {
        return pullLimit;
    }

    /** Returns the limit of a batch that is pushed, as one or a few segments of each replica. */
    public Batch.Limit pushLimit() {
        return pushLimit;
    }

    /**
     * Returns the listener that receives the progress before the first batch and after each batch, on the thread that
     * syncs.
     */
    public Consumer<SyncStatus.Progress> progress() {
        return progress;
    }

    /**
     * Returns the condition that cancels the sync. It is checked between batches, and changes moved until then stay. It
     * is also checked while the sync waits for another sync of the same database. If it is true then, the sync fails
     * with {@link dev.tidemark.engine.problem.Problem#SYNC_INTERRUPTED}.
     */
    public BooleanSupplier cancelled() {
        return cancelled;
    }

    /** Returns the condition for pushing. It is checked after the pull. */
    public BooleanSupplier pushes() {
        return pushes;
    }

    /** Returns how long to wait for another sync of the same database to end. */
    public Duration lockTimeout() {
        return lockTimeout;
    }

    /**
     * Returns the supplier of the pace. It is called before each merge on the thread that syncs, and must not block.
     */
    public Supplier<MergePace> pace() {
        return pace;
    }
}
