package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time a test advances. Tasks run on the test's thread. */
final class ManualTimer implements SyncTimer {
    private record Task(Instant due, long number, Runnable work) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private long numbers;
    private boolean stopped;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), numbers++, work);
        if (!stopped) {
            tasks.add(task);
        }
        return () -> remove(task);
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    @Override
    public synchronized boolean stop(Duration limit) {
        stopped = true;
        tasks.clear();
        return true;
    }

    /** Lets this much time pass, and everything happen that is due within. */
    void pass(Duration time) {
        Instant end = now().plus(time);
        for (Task next = due(end); next != null; next = due(end)) {
            next.work.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task due(Instant end) {
        Task next = tasks.stream()
                .min(Comparator.comparing(Task::due).thenComparingLong(Task::number))
                .filter(task -> !task.due.isAfter(end))
                .orElse(null);
        if (next != null) {
            tasks.remove(next);
            now = next.due.isAfter(now) ? next.due : now;
        }
        return next;
    }
}
