package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Batch;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How a sync goes about it: {@link #DEFAULT}, changed by methods that return a copy. Immutable. */
public final class SyncOptions {
    /**
     * Merges of 10,000 changes or 8 MiB as fast as can be, segments of 25,000 changes or 12 MiB before compression, which is
     * what a process of 300 MB can hold twice; nobody is told; 30 s.
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

    /** These options with a listener. */
    public SyncOptions with(Consumer<SyncStatus.Progress> listener) {
        return new SyncOptions(pullLimit, pushLimit, listener, cancelled, pushes, lockTimeout, pace);
    }

    /** These options with a way to end early. */
    public SyncOptions cancelledWhen(BooleanSupplier condition) {
        return new SyncOptions(pullLimit, pushLimit, progress, condition, pushes, lockTimeout, pace);
    }

    /** These options with the same limit both ways. */
    public SyncOptions with(Batch.Limit limit) {
        return new SyncOptions(limit, limit, progress, cancelled, pushes, lockTimeout, pace);
    }

    /** These options with a condition for publishing. */
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

    /** These options with another patience. */
    public SyncOptions withLockTimeout(Duration longest) {
        return new SyncOptions(pullLimit, pushLimit, progress, cancelled, pushes, longest, pace);
    }

    /** These options with merges as fast as this says before each. */
    public SyncOptions paced(Supplier<MergePace> wanted) {
        return new SyncOptions(pullLimit, pushLimit, progress, cancelled, pushes, lockTimeout, wanted);
    }

    /**
     * How fast what others changed is merged: in how large transactions, and with how long a rest after each. A merge keeps
     * processors busy and writers waiting; a program in which somebody types lets it go slowly meanwhile. Immutable.
     *
     * @param changes most changes of a merge, at least 1; no more than {@link SyncOptions#pullLimit} either way
     * @param rest how long to rest after a merge, as a multiple of what it took; 0 is not at all
     */
    public record MergePace(int changes, double rest) {
        /** As fast as can be. */
        public static final MergePace FULL = new MergePace(Integer.MAX_VALUE, 0);

        /** However long a merge took on a machine that had other things to do: what is changed on a device shall come. */
        static final Duration LONGEST_REST = Duration.ofSeconds(1);

        /** @throws IllegalArgumentException if there are less than 1 change, or the rest is negative or no number */
        public MergePace {
            if (changes < 1 || !(rest >= 0)) {
                throw new IllegalArgumentException(
                        "A merge takes at least one change, and the rest after it at least no time");
            }
        }

        /** This limit with no more changes than a merge may take. */
        Batch.Limit within(Batch.Limit limit) {
            return new Batch.Limit(Math.min(limit.changes(), changes), limit.bytes());
        }

        /** How long to rest after a merge that took so long; a second at most. */
        Duration restAfter(Duration merge) {
            double nanos = Math.min((double) merge.toNanos() * rest, (double) LONGEST_REST.toNanos());
            return Duration.ofNanos((long) nanos);
        }
    }

    /** How large the batches are that are merged, each in one transaction. */
    public Batch.Limit pullLimit() {
        return pullLimit;
    }

    /** How large the batches are that are published, each in one segment a replica or a few. */
    public Batch.Limit pushLimit() {
        return pushLimit;
    }

    /** Told of each batch, on the thread that syncs. */
    public Consumer<SyncStatus.Progress> progress() {
        return progress;
    }

    /**
     * Asked between batches; what was moved until then stays. Asked, too, while another sync of the same database is
     * waited for, which then ends with {@link dev.tidemark.engine.Problem#SYNC_INTERRUPTED}.
     */
    public BooleanSupplier cancelled() {
        return cancelled;
    }

    /** Asked after the pull; unless true, nothing is published. */
    public BooleanSupplier pushes() {
        return pushes;
    }

    /** How long to wait for another sync of the same database to end. */
    public Duration lockTimeout() {
        return lockTimeout;
    }

    /** Asked before each merge how fast to go, on the thread that syncs; must not block. */
    public Supplier<MergePace> pace() {
        return pace;
    }
}
