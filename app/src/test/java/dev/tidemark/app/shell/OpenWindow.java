package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.stage.Stage;
import org.testfx.api.FxToolkit;

/** The real window on a real profile, in this process. Closing it is closing the window. */
public final class OpenWindow implements AutoCloseable {
    private final AppContext composition;
    private final MainWindow window;
    private final Screen screen = new Screen();
    private final List<URI> opened;
    private final List<String> notified;
    private final AtomicBoolean mute;
    private final RecordingPrintService printers;

    private OpenWindow(
            AppContext composition,
            MainWindow window,
            List<URI> opened,
            List<String> notified,
            AtomicBoolean mute,
            RecordingPrintService printers) {
        this.mute = mute;
        this.opened = opened;
        this.printers = printers;
        this.notified = notified;
        this.composition = composition;
        this.window = window;
    }

    public static OpenWindow on(Path profile) throws TimeoutException {
        return on(profile, Theme.LIGHT);
    }

    public static OpenWindow on(Path profile, Theme theme) throws TimeoutException {
        return on(AppContext.of(ProfileFolders.below(profile)), theme);
    }

    /** @param composition the profile's parts, closed with the window */
    static OpenWindow on(AppContext composition, Theme theme) throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        composition.set(Setting.THEME, theme.name().toLowerCase(Locale.ROOT));
        composition.database();
        List<URI> opened = new CopyOnWriteArrayList<>();
        RecordingPrintService printers = new RecordingPrintService();
        List<String> notified = new CopyOnWriteArrayList<>();
        AtomicBoolean mute = new AtomicBoolean();
        List<Throwable> ended = new CopyOnWriteArrayList<>();
        MainWindow window = FxToolkit.setupFixture(() -> {
            ThemeManager look = new ThemeManager();
            look.use(theme);
            Stage stage = new Stage();
            stage.setX(0);
            stage.setY(0);
            MainWindow made = new MainWindow(
                    composition,
                    look,
                    stage,
                    new PlatformServices(
                            opened::add,
                            (heading, line, unheard) -> {
                                notified.add(line);
                                if (mute.get()) {
                                    unheard.run();
                                }
                            },
                            printers,
                            () -> composition.clock().instant().atZone(ZoneId.systemDefault()),
                            ended::add));
            stage.setWidth(1000);
            stage.setHeight(800);
            made.show();
            return made;
        });
        return new OpenWindow(composition, window, opened, notified, mute, printers);
    }

    /** What was printed. */
    RecordingPrintService printers() {
        return printers;
    }

    /** The files and addresses that the window had the system open. */
    List<URI> opened() {
        return opened;
    }

    /** What the window had the system tell. */
    List<String> notified() {
        return notified;
    }

    /** From now on, the system cannot tell anything. */
    void muteSystem() {
        mute.set(true);
    }

    public Screen screen() {
        return screen;
    }

    public MainWindow window() {
        return window;
    }

    public AppContext composition() {
        return composition;
    }

    @Override
    public void close() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            window.stage().hide();
            window.close();
            window.end(Duration.ofSeconds(5));
            return null;
        });
        composition.close();
    }
}
