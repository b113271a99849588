package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.secrets.SystemKeychain;
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
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxToolkit;

/** Opens the real window on a real profile in this process. {@link #close} closes the window. */
public final class OpenWindow implements AutoCloseable {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 800;

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

    /** The parts of a profile whose passphrases cost nothing to try. */
    static AppContext withCheapPassphrases(Path profile) {
        ProfileFolders folders = ProfileFolders.below(profile);
        Secrets secrets = new Secrets(SystemKeychain.of(folders.data(), System.getenv()), System.getenv());
        return AppContext.of(folders, secrets, 1);
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
            look.setTheme(theme);
            Stage stage = new Stage();
            stage.setX(0);
            stage.setY(0);
            MainWindow created = new MainWindow(
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
            stage.setWidth(WIDTH);
            stage.setHeight(HEIGHT);
            created.show();
            return created;
        });
        return new OpenWindow(composition, window, opened, notified, mute, printers);
    }

    /** Empties the library and shows the Inbox, without typed text, selection, message, popup or preview. */
    void clear() {
        Screen.onScreen(() -> {
            List.copyOf(Window.getWindows()).stream()
                    .filter(PopupWindow.class::isInstance)
                    .forEach(Window::hide);
            if (window.stage().getScene().lookup("#detail-preview-toggle") instanceof ToggleButton preview
                    && preview.isSelected()) {
                preview.fire();
            }
            for (String id : List.of("#search", "#quick-add")) {
                if (window.stage().getScene().lookup(id) instanceof TextField field) {
                    field.clear();
                }
            }
            window.model().list().selectedProperty().set(null);
            window.model().list().show(new ItemSource.Inbox());
            window.model().toasts().close();
            window.stage().setWidth(WIDTH);
            window.stage().setHeight(HEIGHT);
            return true;
        });
        composition.database().write(tx -> {
            for (String table : List.of("attachment", "tag", "item", "list", "label", "saved_search")) {
                tx.execute("DELETE FROM " + table);
            }
        });
        screen.press(KeyCode.ESCAPE);
        screen.moveAway();
        screen.await(
                "nothing is left",
                () -> screen.rows().isEmpty()
                        && window.model().sidebar().lists().isEmpty()
                        && window.model().sidebar().tagNames().isEmpty());
        opened.clear();
        notified.clear();
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
