package dev.tidemark.app.fx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A scheduler whose time a test advances. */
public final class ManualScheduler implements Scheduler {
    private final List<Call> calls = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Call(Duration due, Runnable action) {}

    @Override
    public ScheduledTask schedule(Duration delay, Runnable action) {
        Call call = new Call(now.plus(delay), action);
        calls.add(call);
        return () -> calls.remove(call);
    }

    /** Lets this much time go by. */
    public void pass(Duration time) {
        Duration end = now.plus(time);
        while (true) {
            Call next = calls.stream()
                    .filter(call -> call.due().compareTo(end) <= 0)
                    .min(Comparator.comparing(Call::due))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            now = next.due();
            calls.remove(next);
            next.action().run();
        }
    }
}
