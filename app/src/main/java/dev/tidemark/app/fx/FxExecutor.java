package dev.tidemark.app.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import javafx.animation.PauseTransition;
import javafx.application.Platform;

/**
 * Runs commands on the JavaFX thread in the order of the calls. If the JavaFX thread itself calls {@link #execute}, the
 * command runs only after the call has returned. Thread-safe, except that only the JavaFX thread may call {@link
 * #schedule}.
 */
public final class FxExecutor implements Executor, Scheduler {
    public static final FxExecutor INSTANCE = new FxExecutor();

    private FxExecutor() {}

    @Override
    public void execute(Runnable command) {
        Platform.runLater(command);
    }

    @Override
    public ScheduledTask schedule(Duration delay, Runnable action) {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis((double) delay.toMillis()));
        pause.setOnFinished(event -> action.run());
        pause.play();
        return pause::stop;
    }
}
