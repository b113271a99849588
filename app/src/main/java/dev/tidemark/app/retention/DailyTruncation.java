package dev.tidemark.app.retention;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.settings.HistoryRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Truncates the changelog 10 minutes after the start, and then once a day. Confined to the callback thread of its
 * runner.
 */
public final class DailyTruncation {
    private static final Duration AFTER_START = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final LogRetention truncation;
    private final Supplier<HistoryRetention> retention;
    private final SerialTaskRunner files;
    private final Consumer<Throwable> failed;
    private @Nullable Instant next;

    /**
     * @param retention reads the setting, on the background thread
     * @param failed receives each failure; the next attempt is a day later
     */
    public DailyTruncation(
            LogRetention truncation,
            Supplier<HistoryRetention> retention,
            SerialTaskRunner files,
            Consumer<Throwable> failed) {
        this.truncation = truncation;
        this.retention = retention;
        this.files = files;
        this.failed = failed;
    }

    /** Truncates the changelog in the background if a truncation is due. The window calls this often. */
    public void runIfDue() {
        Instant now = truncation.clock().instant();
        if (next == null) {
            next = now.plus(AFTER_START);
        }
        if (!now.isBefore(next)) {
            next = now.plus(DAY);
            files.run(() -> truncation.run(retention.get()), removed -> {}, failed);
        }
    }
}
