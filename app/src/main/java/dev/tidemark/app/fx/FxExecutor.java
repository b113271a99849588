package dev.tidemark.app.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** Runs everything on the JavaFX thread, in order and never within the caller. Thread-safe. */
public final class FxExecutor implements Executor {
    /** The one. */
    public static final FxExecutor INSTANCE = new FxExecutor();

    private FxExecutor() {}

    @Override
    public void execute(Runnable command) {
        Platform.runLater(command);
    }
}
