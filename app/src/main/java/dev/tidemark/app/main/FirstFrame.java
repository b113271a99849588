package dev.tidemark.app.main;

import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log when the window stood there. The benchmark of the start reads that line, and the training of the
 * start-up cache waits for it.
 */
final class FirstFrame extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(FirstFrame.class);

    /** The timer runs before a frame is drawn: at the third, two are on the screen. */
    private static final int DRAWN = 3;

    private int frames;

    private FirstFrame() {}

    /** Call it when the window has been told to show. For the JavaFX thread. */
    static void await() {
        new FirstFrame().start();
    }

    @Override
    public void handle(long now) {
        frames++;
        if (frames == DRAWN) {
            stop();
            LOG.info("The window stands");
        }
    }
}
