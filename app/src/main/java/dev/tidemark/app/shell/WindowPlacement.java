package dev.tidemark.app.shell;

import dev.tidemark.app.shell.WindowState.Bounds;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Puts the window where it stood last time and divides it as it was, and notes both. For the JavaFX thread. */
final class WindowPlacement {
    private static final double MIN_WIDTH = 420;
    private static final double MIN_HEIGHT = 420;

    /** By so much at its top a window is taken hold of. */
    private static final double TITLE = 28;

    private final Stage stage;
    private final ThreePanes panes;
    private final Path file;
    private final WindowState.ShownView shown;

    /** Where the window stands when it does not fill the screen. */
    private Bounds normal;

    /** @param file where it is noted */
    WindowPlacement(Stage stage, MainView view, Path file) {
        this.stage = stage;
        this.file = file;
        panes = view.panes();
        WindowState state = WindowState.read(file);
        shown = state.shown();
        normal = state.bounds();
        Scene scene = new Scene(view, normal.width(), normal.height());
        stage.setScene(scene);
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        if (isWithinReach(normal)) {
            stage.setX(normal.x());
            stage.setY(normal.y());
        }
        stage.setMaximized(state.maximized());
        panes.sidebarWidthProperty().set(state.sidebar());
        panes.listWidthProperty().set(state.list());
        stage.xProperty().subscribe(this::note);
        stage.yProperty().subscribe(this::note);
        scene.widthProperty().subscribe(this::note);
        scene.heightProperty().subscribe(this::note);
    }

    /** Screens come and go: a window that nobody sees cannot be moved. */
    private static boolean isWithinReach(Bounds bounds) {
        return !Double.isNaN(bounds.x())
                && !Double.isNaN(bounds.y())
                && !Screen.getScreensForRectangle(bounds.x(), bounds.y(), bounds.width(), TITLE)
                        .isEmpty();
    }

    private void note() {
        Scene scene = stage.getScene();
        if (stage.isShowing() && !stage.isMaximized() && !stage.isIconified() && !stage.isFullScreen()) {
            normal = new Bounds(stage.getX(), stage.getY(), scene.getWidth(), scene.getHeight());
        }
    }

    /** Whether no window of this profile has ever been closed. */
    boolean isFirst() {
        return !Files.exists(file);
    }

    /** What the window showed when it was closed. */
    WindowState.ShownView shown() {
        return shown;
    }

    /** Notes where the window stands now, and what it shows. */
    void save(WindowState.ShownView now) {
        new WindowState(
                        normal,
                        panes.sidebarWidthProperty().get(),
                        panes.listWidthProperty().get(),
                        stage.isMaximized(),
                        now)
                .write(file);
    }
}
