package dev.tidemark.app.fx;

import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a window that has just been told to show stands there, with what belongs to its first frames. For the JavaFX thread. */
public final class FirstFrame extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(FirstFrame.class);

    /** The timer runs before a frame is drawn: at the third, two are on the screen. */
    private static final int DRAWN = 3;

    private final Runnable then;
    private int frames;

    private FirstFrame(Runnable then) {
        this.then = then;
    }

    /** Does something once the window stands; it does not belong to its first frames. */
    public static void then(Runnable action) {
        new FirstFrame(action).start();
    }

    /**
     * Writes to the log when the window stands. The benchmark of the start reads that line, and the training of the start-up cache
     * waits for it.
     */
    public static void log() {
        then(() -> LOG.info("The window stands"));
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
