package dev.tidemark.app.main;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Puts the window where it stood last time and divides it as it was, and notes both. For the JavaFX thread. */
final class WindowPlace {
    private static final double MIN_WIDTH = 420;
    private static final double MIN_HEIGHT = 420;

    private final Stage stage;
    private final ThreePanes panes;
    private final Path file;

    /** @param file where it is noted */
    WindowPlace(Stage stage, MainView view, Path file) {
        this.stage = stage;
        this.file = file;
        panes = view.panes();
        WindowState state = WindowState.read(file);
        stage.setScene(new Scene(view, state.width(), state.height()));
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        if (!Double.isNaN(state.x()) && !Double.isNaN(state.y())) {
            stage.setX(state.x());
            stage.setY(state.y());
        }
        stage.setMaximized(state.maximized());
        panes.sidebarWidthProperty().set(state.sidebar());
        panes.listWidthProperty().set(state.list());
    }

    /** Whether no window of this profile has ever been closed. */
    boolean isFirst() {
        return !Files.exists(file);
    }

    /** Notes where the window stands now. */
    void save() {
        Scene scene = stage.getScene();
        new WindowState(
                        stage.getX(),
                        stage.getY(),
                        scene.getWidth(),
                        scene.getHeight(),
                        panes.sidebarWidthProperty().get(),
                        panes.listWidthProperty().get(),
                        stage.isMaximized())
                .write(file);
    }
}
