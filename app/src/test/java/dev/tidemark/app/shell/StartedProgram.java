package dev.tidemark.app.shell;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** Starts the program with a launch request on a new profile. */
abstract class StartedProgram {
    @TempDir
    Path profile;

    final Screen screen = new Screen();

    /** How often the program has ended. */
    final AtomicInteger exits = new AtomicInteger();

    private @Nullable ProfileOpener opening;
    private @Nullable Startup startup;

    @BeforeEach
    void prepare() throws TimeoutException {
        Locale.setDefault(Locale.ENGLISH);
        FxToolkit.registerPrimaryStage();
    }

    @AfterEach
    void close() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            List.copyOf(Window.getWindows()).forEach(Window::hide);
            if (startup != null) {
                startup.close();
            }
            new ThemeManager().applySettings(Settings.DEFAULT);
            return null;
        });
        if (opening != null) {
            opening.close();
        }
        Locale.setDefault(Locale.ENGLISH);
    }

    final void start(LaunchRequest wish) throws TimeoutException {
        ProfileOpener created =
                new ProfileOpener(ProfileFolders.below(profile), new PrintWriter(new StringWriter(), true), wish);
        opening = created;
        startup = FxToolkit.setupFixture(() -> {
            Startup begun = new Startup(
                    created,
                    new UncaughtErrors(),
                    new ThemeManager(),
                    address -> {},
                    (heading, line, unheard) -> {},
                    exits::incrementAndGet);
            begun.begin();
            return begun;
        });
    }

    final Startup startup() {
        return Objects.requireNonNull(startup);
    }
}
