package dev.tidemark.app.shell;

import dev.tidemark.app.shell.WindowState.Bounds;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Restores and saves the position, size and dividers of the window. For the JavaFX thread. */
final class WindowPlacement {
    private static final double MIN_WIDTH = 420;
    private static final double MIN_HEIGHT = 420;

    /** The assumed height in pixels of the title bar. Users move a window by its title bar. */
    private static final double TITLE = 28;

    private final Stage stage;
    private final ThreePanes panes;
    private final Path file;
    private final WindowState.ShownView shown;

    /** The bounds of the window while it is not maximised. */
    private Bounds normal;

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
        stage.xProperty().subscribe(this::recordBounds);
        stage.yProperty().subscribe(this::recordBounds);
        scene.widthProperty().subscribe(this::recordBounds);
        scene.heightProperty().subscribe(this::recordBounds);
    }

    /**
     * Whether a screen shows the title bar. If the user disconnected the screen of the last position, the title bar
     * could not be reached there.
     */
    private static boolean isWithinReach(Bounds bounds) {
        return !Double.isNaN(bounds.x())
                && !Double.isNaN(bounds.y())
                && !Screen.getScreensForRectangle(bounds.x(), bounds.y(), bounds.width(), TITLE)
                        .isEmpty();
    }

    private void recordBounds() {
        Scene scene = stage.getScene();
        if (stage.isShowing() && !stage.isMaximized() && !stage.isIconified() && !stage.isFullScreen()) {
            normal = new Bounds(stage.getX(), stage.getY(), scene.getWidth(), scene.getHeight());
        }
    }

    /** Whether no window of this profile was ever closed. */
    boolean isFirst() {
        return !Files.exists(file);
    }

    /** The view that the window showed when it was closed. */
    WindowState.ShownView shown() {
        return shown;
    }

    /** Saves the bounds of the window and the shown view. */
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
