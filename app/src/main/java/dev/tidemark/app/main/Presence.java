package dev.tidemark.app.main;

import dev.tidemark.engine.sync.MergePace;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;

/**
 * Whether somebody works in the window at the moment: then a sync gives way, as a frame that comes late is seen and a sync
 * that takes longer is not. Told on the JavaFX thread, asked from any.
 */
final class Presence {
    /** Who has not moved for so long looks or thinks. */
    private static final long LASTS = TimeUnit.SECONDS.toNanos(1);

    /** What is merged at once while somebody works, and the rest after it: decision 47 has the figures. */
    private static final MergePace GIVING_WAY = new MergePace(1_000, 2);

    private final LongSupplier nanos;
    private volatile long last;

    /** @param nanos a clock as {@link System#nanoTime} */
    Presence(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong() - LASTS;
    }

    /** Notices keys, wheel and pointer in this scene. */
    void watch(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, event -> noticed());
    }

    /** Somebody does something. */
    void noticed() {
        last = nanos.getAsLong();
    }

    /** How fast a sync may merge now. */
    MergePace pace() {
        return nanos.getAsLong() - last < LASTS ? GIVING_WAY : MergePace.FULL;
    }
}
