package dev.tidemark.app.fx;

import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an action when the first frames of a new window are on the screen. For the JavaFX thread. */
public final class FirstFrame extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(FirstFrame.class);

    /**
     * The number of the timer call that runs the action. JavaFX calls the timer before it draws a frame, so two frames
     * are on the screen at the third call.
     */
    private static final int DRAWN = 3;

    private final Runnable then;
    private int frames;

    private FirstFrame(Runnable then) {
        this.then = then;
    }

    /** Runs the action after the first frames. */
    public static void then(Runnable action) {
        new FirstFrame(action).start();
    }

    /**
     * Logs a line after the first frames. The start benchmark and the training of the start-up cache wait for this
     * line.
     */
    public static void log() {
        then(() -> LOG.info("The window is drawn"));
    }

    @Override
    public void handle(long now) {
        frames++;
        if (frames == DRAWN) {
            stop();
            then.run();
        }
    }
}
