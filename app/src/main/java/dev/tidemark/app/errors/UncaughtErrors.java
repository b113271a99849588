package dev.tidemark.app.errors;

import dev.tidemark.app.diagnostics.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles uncaught exceptions of all threads. Shows each kind of exception once. Logs the 1st, 2nd, 4th, 8th…
 * occurrence of a kind, so that repeated exceptions do not displace earlier lines of the log. Thread-safe.
 */
public final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrors.class);

    private final Map<String, Long> times = new HashMap<>();
    private final List<ErrorReport> undelivered = new ArrayList<>();
    private @Nullable Consumer<ErrorReport> listener;

    public UncaughtErrors() {}

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        String code = ErrorCode.of(failure);
        long count = count(code);
        if (Long.bitCount(count) == 1) {
            LOG.error("Uncaught exception on the thread {}, time {}", thread.getName(), count, failure);
        }
        if (count == 1) {
            deliver(ErrorReport.of(failure));
        }
    }

    private synchronized long count(String code) {
        return times.merge(code, 1L, Long::sum);
    }

    private synchronized void deliver(ErrorReport report) {
        if (listener == null) {
            undelivered.add(report);
        } else {
            listener.accept(report);
        }
    }

    /**
     * Sets the listener, and passes the undelivered errors to it.
     *
     * @param shows called on any thread
     */
    public synchronized void setListener(Consumer<ErrorReport> shows) {
        listener = shows;
        undelivered.forEach(shows);
        undelivered.clear();
    }

    /**
     * Removes the listener. The next call of {@link #setListener} delivers the errors that have happened until then.
     */
    public synchronized void removeListener() {
        listener = null;
    }
}
