package dev.tidemark.app.shell;

import com.sun.javafx.tk.quantum.QuantumToolkit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Tooltip;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.testfx.api.FxToolkit;

/** Takes pictures of windows in any size, whatever the size of the screen, and says what is wrong with them. */
public final class Snapshots {
    static final Path FOLDER = Path.of("target", "screenshots");

    private Snapshots() {}

    private record Taken(WritableImage image, List<String> problems) {}

    /** Writes a picture of the window in this size, and returns what {@link VisualChecks} finds. */
    public static List<String> take(Stage stage, int width, int height, String name)
            throws TimeoutException, IOException {
        Taken taken = FxToolkit.setupFixture(() -> {
            awaitRendering();
            Scene shown = stage.getScene();
            Parent root = shown.getRoot();
            shown.setRoot(new Pane());
            Scene scene = new Scene(root, width, height);
            scene.getStylesheets().setAll(shown.getStylesheets());
            // The second pass is for what measures itself in the first.
            for (int pass = 0; pass < 3; pass++) {
                root.applyCss();
                root.layout();
            }
            Taken result = new Taken(scene.snapshot(null), VisualChecks.problems(root));
            scene.setRoot(new Pane());
            shown.setRoot(root);
            return result;
        });
        Path file = FOLDER.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(toImage(taken.image(), width, height), "png", file.toFile());
        return taken.problems();
    }

    /** Writes a picture of the popup that was opened last, as large as it is, and returns what is wrong with it. */
    static List<String> takePopup(String name) throws TimeoutException, IOException {
        Taken taken = FxToolkit.setupFixture(() -> {
            awaitRendering();
            Window popup = Window.getWindows()
                    .filtered(PopupWindow.class::isInstance)
                    .filtered(window -> !(window instanceof Tooltip))
                    .getLast();
            Parent content = popup instanceof Popup own
                    ? (Parent) own.getContent().getFirst()
                    : popup.getScene().getRoot();
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setFill(Color.gray(0.5));
            return new Taken(content.snapshot(parameters, null), VisualChecks.problems(content));
        });
        Path file = FOLDER.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        WritableImage image = taken.image();
        ImageIO.write(toImage(image, (int) image.getWidth(), (int) image.getHeight()), "png", file.toFile());
        return taken.problems();
    }

    /** Waits until the last frame is drawn: a snapshot changes nodes that the render thread may be drawing. */
    static void awaitRendering() {
        QuantumToolkit.runInRenderThreadAndWait(() -> {});
    }

    /** Writes a picture that was taken elsewhere. */
    static void write(WritableImage image, String name) throws IOException {
        Path file = FOLDER.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(toImage(image, (int) image.getWidth(), (int) image.getHeight()), "png", file.toFile());
    }

    private static BufferedImage toImage(WritableImage image, int width, int height) {
        PixelReader pixels = image.getPixelReader();
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        return out;
    }
}
