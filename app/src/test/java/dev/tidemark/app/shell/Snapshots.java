package dev.tidemark.app.shell;

import com.sun.javafx.tk.quantum.QuantumToolkit;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.resources.Styles;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.transform.Scale;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.testfx.api.FxToolkit;

/**
 * Takes screenshots of windows in any size, whatever the size of the screen, and reports visual defects. Each file name
 * ends with the language.
 */
public final class Snapshots {
    static final Path FOLDER = Path.of("target", "pictures");

    private Snapshots() {}

    /** @param problems the findings of {@link VisualChecks} */
    record Taken(BufferedImage image, List<String> problems) {}

    /** Writes a picture of the window in this size, and returns what {@link VisualChecks} finds. */
    public static List<String> take(Stage stage, int width, int height, String name)
            throws TimeoutException, IOException {
        Taken taken = picture(stage, width, height, 1);
        write(taken.image(), FOLDER, name);
        return taken.problems();
    }

    /**
     * A picture of the window in this size, with its popups if the window has this size already.
     *
     * @param scale 2 for a screen with twice the resolution
     */
    static Taken picture(Stage stage, int width, int height, int scale) throws TimeoutException {
        return FxToolkit.setupFixture(() -> {
            awaitRendering();
            Scene shown = stage.getScene();
            if (shown.getWidth() == width && shown.getHeight() == height) {
                Taken taken = draw(shown.getRoot(), shown, width, height, scale);
                drawPopups(stage, taken.image(), scale);
                return taken;
            }
            Parent root = shown.getRoot();
            shown.setRoot(new Pane());
            Scene scene = new Scene(root, width, height);
            scene.getStylesheets().setAll(shown.getStylesheets());
            try {
                return draw(root, shown, width, height, scale);
            } finally {
                scene.setRoot(new Pane());
                shown.setRoot(root);
            }
        });
    }

    private static Taken draw(Parent root, Scene shown, int width, int height, int scale) {
        List<Node> fields = new ArrayList<>();
        Screen.collect(root, TextInputControl.class::isInstance, fields);
        // A caret blinks.
        List<String> styles = fields.stream().map(Node::getStyle).toList();
        fields.forEach(field -> field.setStyle(field.getStyle() + ";-fx-display-caret: false"));
        // The second pass is for what measures itself in the first.
        for (int pass = 0; pass < 3; pass++) {
            root.applyCss();
            root.layout();
        }
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(shown.getFill());
        parameters.setTransform(new Scale(scale, scale));
        parameters.setViewport(new Rectangle2D(0, 0, (double) width * scale, (double) height * scale));
        BufferedImage image = toImage(root.snapshot(parameters, null), BufferedImage.TYPE_INT_RGB);
        for (int index = 0; index < fields.size(); index++) {
            fields.get(index).setStyle(styles.get(index));
        }
        return new Taken(image, VisualChecks.problems(root));
    }

    private static void drawPopups(Stage stage, BufferedImage image, int scale) {
        Graphics2D draw = image.createGraphics();
        for (Window window : List.copyOf(Window.getWindows())) {
            if (window instanceof PopupWindow && !(window instanceof Tooltip) && window.isShowing()) {
                Node content = window instanceof Popup own
                        ? own.getContent().getFirst()
                        : window.getScene().getRoot();
                Point2D place = content.localToScreen(0, 0);
                // The headless platform has no transparent windows, and most screens have.
                content.getStyleClass().remove(Styles.OPAQUE);
                content.applyCss();
                SnapshotParameters parameters = new SnapshotParameters();
                parameters.setFill(Color.TRANSPARENT);
                parameters.setTransform(new Scale(scale, scale));
                BufferedImage popup = toImage(content.snapshot(parameters, null), BufferedImage.TYPE_INT_ARGB);
                // With its shadow.
                Bounds bounds = content.getBoundsInLocal();
                double x = place.getX()
                        + bounds.getMinX()
                        - stage.getX()
                        - stage.getScene().getX();
                double y = place.getY()
                        + bounds.getMinY()
                        - stage.getY()
                        - stage.getScene().getY();
                draw.drawImage(popup, (int) Math.round(x * scale), (int) Math.round(y * scale), null);
            }
        }
        draw.dispose();
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
            return new Taken(
                    toImage(content.snapshot(parameters, null), BufferedImage.TYPE_INT_RGB),
                    VisualChecks.problems(content));
        });
        write(taken.image(), FOLDER, name);
        return taken.problems();
    }

    /** Waits until the last frame is drawn: a snapshot changes nodes that the render thread may be drawing. */
    static void awaitRendering() {
        QuantumToolkit.runInRenderThreadAndWait(() -> {});
    }

    /** Writes a picture that was taken elsewhere. */
    static void write(WritableImage image, String name) throws IOException {
        write(toImage(image, BufferedImage.TYPE_INT_RGB), FOLDER, name);
    }

    /** Writes a picture, as small as PNG allows; its name gets the language and the suffix. */
    static Path write(BufferedImage image, Path folder, String name) throws IOException {
        Path file = folder.resolve(fileName(name));
        Files.createDirectories(file.getParent());
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** The name of a picture's file in the present language. */
    static String fileName(String name) {
        return name + "_" + Locale.getDefault().getLanguage() + ".png";
    }

    private static BufferedImage toImage(WritableImage image, int type) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage out = new BufferedImage(width, height, type);
        out.setRGB(0, 0, width, height, pixels, 0, width);
        return out;
    }
}
