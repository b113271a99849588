package dev.tidemark.app.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** Runs commands on the JavaFX thread, in order and never inside the call. Thread-safe. */
public final class FxExecutor implements Executor {
    /** The only instance. */
    public static final FxExecutor INSTANCE = new FxExecutor();

    private FxExecutor() {}

    @Override
    public void execute(Runnable command) {
        Platform.runLater(command);
    }
}
