package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.BatchLimit;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a sync goes about it. Immutable.
 *
 * @param pullLimit how large the batches are that are merged, each in one transaction
 * @param pushLimit how large the batches are that are published, each in one segment a replica or a few
 * @param progress told of each batch, on the thread that syncs
 * @param cancelled asked between batches; what was moved until then stays. Asked, too, while another sync of the same database is
 *     waited for, which then ends with {@link dev.tidemark.engine.Problem#SYNC_INTERRUPTED}
 * @param pushes asked after the pull; unless true, nothing is published
 * @param lockTimeout how long to wait for another sync of the same database to end
 * @param pace asked before each merge how fast to go, on the thread that syncs; must not block
 */
public record SyncOptions(
        BatchLimit pullLimit,
        BatchLimit pushLimit,
        Consumer<SyncProgress> progress,
        BooleanSupplier cancelled,
        BooleanSupplier pushes,
        Duration lockTimeout,
        Supplier<MergePace> pace) {
    /**
     * Merges of 10,000 changes or 8 MiB as fast as can be, segments of 25,000 changes or 12 MiB before compression, which is
     * what a process of 300 MB can hold twice; nobody is told; 30 s.
     */
    public static final SyncOptions DEFAULT = new SyncOptions(
            BatchLimit.DEFAULT,
            new BatchLimit(25_000, 12L << 20),
            progress -> {},
            () -> false,
            () -> true,
            Duration.ofSeconds(30),
            () -> MergePace.FULL);

    /** These options with a listener. */
    public SyncOptions with(Consumer<SyncProgress> listener) {
        return new SyncOptions(pullLimit, pushLimit, listener, cancelled, pushes, lockTimeout, pace);
    }

    /** These options with a way to end early. */
    public SyncOptions cancelledWhen(BooleanSupplier condition) {
        return new SyncOptions(pullLimit, pushLimit, progress, condition, pushes, lockTimeout, pace);
    }

    /** These options with the same limit both ways. */
    public SyncOptions with(BatchLimit limit) {
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
}
