package dev.tidemark.engine.changelog;

import org.jspecify.annotations.Nullable;

/** A stream of bounded batches. Not thread-safe; close it after use. */
public interface BatchReader extends AutoCloseable {
    /**
     * The next batch, never empty, or {@code null} at the end.
     *
     * @throws dev.tidemark.engine.TidemarkException if it cannot be read
     */
    @Nullable
    Batch next();

    @Override
    void close();
}
