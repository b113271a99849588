package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Splits the batches of another reader into parts. It rests before each further part as the current
 * {@link SyncOptions.MergePace} requires, depending on the time that the caller spent on the last part. The parts are
 * in causal order, because the changes of a batch are. Not thread-safe.
 */
final class PacedReader implements Batch.Reader {
    /** A rest ends at most this many nanoseconds after the sync was cancelled. */
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);

    private final Batch.Reader reader;
    private final Supplier<SyncOptions.MergePace> pace;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanos;
    private final LongConsumer wait;
    private List<Change> left = List.of();
    private SyncOptions.MergePace present = SyncOptions.MergePace.FULL;
    private long given;

    PacedReader(Batch.Reader reader, Supplier<SyncOptions.MergePace> pace, BooleanSupplier cancelled) {
        this(reader, pace, cancelled, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * @param nanos returns the present time in nanoseconds
     * @param wait waits the given number of nanoseconds, or fewer
     */
    PacedReader(
            Batch.Reader reader,
            Supplier<SyncOptions.MergePace> pace,
            BooleanSupplier cancelled,
            LongSupplier nanos,
            LongConsumer wait) {
        this.reader = reader;
        this.pace = pace;
        this.cancelled = cancelled;
        this.nanos = nanos;
        this.wait = wait;
        this.given = nanos.getAsLong();
    }

    /** Returns the next part; null at the end, and if the sync was cancelled. */
    @Override
    public @Nullable Batch next() {
        pause(present.pauseAfter(Duration.ofNanos(nanos.getAsLong() - given)));
        if (cancelled.getAsBoolean()) {
            return null;
        }
        if (left.isEmpty()) {
            Batch batch = reader.next();
            if (batch == null) {
                return null;
            }
            left = batch.changes();
        }
        present = pace.get();
        int count = Math.min(left.size(), present.changes());
        Batch part = new Batch(left.subList(0, count));
        left = left.subList(count, left.size());
        given = nanos.getAsLong();
        return part;
    }

    private void pause(Duration time) {
        long end = nanos.getAsLong() + time.toNanos();
        for (long remaining = end - nanos.getAsLong();
                remaining > 0
                        && !cancelled.getAsBoolean()
                        && !Thread.currentThread().isInterrupted();
                remaining = end - nanos.getAsLong()) {
            wait.accept(Math.min(remaining, STEP));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
