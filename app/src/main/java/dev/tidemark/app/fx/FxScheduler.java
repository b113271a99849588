package dev.tidemark.app.fx;

import java.time.Duration;
import javafx.animation.PauseTransition;

/** Schedules with JavaFX animations. For use on the JavaFX thread. */
public final class FxScheduler implements Scheduler {
    @Override
    public ScheduledTask schedule(Duration delay, Runnable action) {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis((double) delay.toMillis()));
        pause.setOnFinished(event -> action.run());
        pause.play();
        return pause::stop;
    }
}
