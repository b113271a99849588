package dev.tidemark.app.shell;

import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.WindowHandover;
import dev.tidemark.app.reminder.SystemNotifier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Starts the windows of the profile that {@link dev.tidemark.app.launcher.WindowHandover} passes to JavaFX. */
public final class TidemarkApplication extends Application {
    private @Nullable Startup startup;

    @Override
    public void start(Stage unused) {
        // The program can continue without a window.
        Platform.setImplicitExit(false);
        // Loads fonts and styles while another thread opens the library.
        ThemeManager themes = new ThemeManager();
        WindowHandover.await().ifPresentOrElse(given -> begin(given, themes), Platform::exit);
    }

    private void begin(WindowHandover given, ThemeManager themes) {
        Startup created = new Startup(
                given.opening(),
                given.uncaught(),
                themes,
                address -> getHostServices().showDocument(address.toString()),
                new SystemNotifier(),
                Platform::exit);
        startup = created;
        created.begin();
    }

    @Override
    public void stop() {
        if (startup != null) {
            startup.close();
        }
    }
}
