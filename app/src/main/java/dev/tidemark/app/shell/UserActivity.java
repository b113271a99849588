package dev.tidemark.app.shell;

import dev.tidemark.engine.sync.SyncOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.MouseEvent;

/**
 * Tracks whether the user is active in the window. While the user is active, a sync merges more slowly, because the
 * user notices a late frame but not a longer sync. Any thread may call {@link #mergePace}; the other methods are for
 * the JavaFX thread.
 */
final class UserActivity {
    /** The time without input, in nanoseconds, after which the user counts as idle. */
    private static final long IDLE_AFTER = TimeUnit.SECONDS.toNanos(1);

    /** The merge pace while the user is active; decision 47 has the measurements. */
    private static final SyncOptions.MergePace YIELDING = new SyncOptions.MergePace(1_000, 2);

    /** Events that JavaFX also sends when a node moves under a resting pointer. */
    private static final Set<EventType<? extends Event>> IGNORED = Set.of(
            MouseEvent.MOUSE_ENTERED,
            MouseEvent.MOUSE_ENTERED_TARGET,
            MouseEvent.MOUSE_EXITED,
            MouseEvent.MOUSE_EXITED_TARGET);

    private final LongSupplier nanos;
    private volatile long last;

    /** @param nanos a clock like {@link System#nanoTime} */
    UserActivity(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong() - IDLE_AFTER;
    }

    /** Records all input to a scene from now on: keys, wheel and pointer movements. */
    void watch(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, event -> {
            if (!IGNORED.contains(event.getEventType())) {
                recordActivity();
            }
        });
    }

    void recordActivity() {
        last = nanos.getAsLong();
    }

    /** Whether the user has done nothing for this time. */
    boolean isIdle(Duration time) {
        return nanos.getAsLong() - last >= time.toNanos();
    }

    /** The pace at which a sync may merge now. */
    SyncOptions.MergePace mergePace() {
        return nanos.getAsLong() - last < IDLE_AFTER ? YIELDING : SyncOptions.MergePace.FULL;
    }
}
