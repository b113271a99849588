package dev.tidemark.engine.internal.subscribe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Notices commits of other processes on the same file; body follows.
 *
 * <p>The supplier gives {@code PRAGMA data_version} of the <em>writer's</em> connection, which its own commits leave
 * alone, or nothing while a write transaction is open there (then nobody else can commit).
 */
@SuppressWarnings("UnusedVariable")
public final class ForeignCommits implements AutoCloseable {
    /** Half of what is promised, which leaves time for the re-query. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    public ForeignCommits(Supplier<OptionalLong> dataVersion, Duration interval, Runnable onForeignCommit) {}

    @Override
    public void close() {}
}
