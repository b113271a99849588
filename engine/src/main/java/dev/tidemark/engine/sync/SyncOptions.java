package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.BatchLimit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a sync goes about it. Immutable.
 *
 * @param pullLimit how large the batches are that are merged, each in one transaction
 * @param pushLimit how large the batches are that are published, each in one segment a replica or a few
 * @param progress told of each batch, on the thread that syncs
 * @param cancelled asked between batches; what was moved until then stays
 */
public record SyncOptions(
        BatchLimit pullLimit, BatchLimit pushLimit, Consumer<SyncProgress> progress, BooleanSupplier cancelled) {
    /** Merges of 10,000 changes or 8 MiB, segments of 50,000 changes or 24 MiB before compression; nobody is told. */
    public static final SyncOptions DEFAULT =
            new SyncOptions(BatchLimit.DEFAULT, new BatchLimit(50_000, 24L << 20), progress -> {}, () -> false);

    /** These options with a listener. */
    public SyncOptions with(Consumer<SyncProgress> listener) {
        return new SyncOptions(pullLimit, pushLimit, listener, cancelled);
    }

    /** These options with a way to end early. */
    public SyncOptions cancelledWhen(BooleanSupplier condition) {
        return new SyncOptions(pullLimit, pushLimit, progress, condition);
    }

    /** These options with the same limit both ways. */
    public SyncOptions with(BatchLimit limit) {
        return new SyncOptions(limit, limit, progress, cancelled);
    }
}
