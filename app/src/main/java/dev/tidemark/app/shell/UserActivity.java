package dev.tidemark.app.shell;

import dev.tidemark.engine.sync.MergePace;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.MouseEvent;

/**
 * Whether somebody works in the window at the moment: then a sync gives way, as a frame that comes late is seen and a sync
 * that takes longer is not. Told on the JavaFX thread, asked from any.
 */
final class UserActivity {
    /** Who has not moved for so long looks or thinks. */
    private static final long LASTS = TimeUnit.SECONDS.toNanos(1);

    /** What is merged at once while somebody works, and the rest after it: decision 47 has the figures. */
    private static final MergePace YIELDING = new MergePace(1_000, 2);

    /** JavaFX tells of them also when something else comes to lie under the pointer, and of a pointer that moves besides. */
    private static final Set<EventType<? extends Event>> PASSED_OVER = Set.of(
            MouseEvent.MOUSE_ENTERED,
            MouseEvent.MOUSE_ENTERED_TARGET,
            MouseEvent.MOUSE_EXITED,
            MouseEvent.MOUSE_EXITED_TARGET);

    private final LongSupplier nanos;
    private volatile long last;

    /** @param nanos a clock as {@link System#nanoTime} */
    UserActivity(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong() - LASTS;
    }

    /** Notices keys, wheel and pointer in this scene. What arrives and moves under a pointer that rests is nobody's doing. */
    void watch(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, event -> {
            if (!PASSED_OVER.contains(event.getEventType())) {
                recordActivity();
            }
        });
    }

    /** Somebody does something. */
    void recordActivity() {
        last = nanos.getAsLong();
    }

    /** How fast a sync may merge now. */
    MergePace mergePace() {
        return nanos.getAsLong() - last < LASTS ? YIELDING : MergePace.FULL;
    }
}
