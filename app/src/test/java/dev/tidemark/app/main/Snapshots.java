package dev.tidemark.app.main;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Takes pictures of windows in any size, whatever the size of the screen. */
final class Snapshots {
    private Snapshots() {}

    static void take(Stage stage, int width, int height, Path file) throws TimeoutException, IOException {
        WritableImage image = FxToolkit.setupFixture(() -> {
            Scene shown = stage.getScene();
            Parent root = shown.getRoot();
            shown.setRoot(new javafx.scene.layout.Pane());
            Scene scene = new Scene(root, width, height);
            scene.getStylesheets().setAll(shown.getStylesheets());
            root.applyCss();
            root.layout();
            root.layout();
            WritableImage taken = scene.snapshot(null);
            scene.setRoot(new javafx.scene.layout.Pane());
            shown.setRoot(root);
            return taken;
        });
        PixelReader pixels = image.getPixelReader();
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        ImageIO.write(out, "png", file.toFile());
    }

    static void settle() {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.sleep(400, TimeUnit.MILLISECONDS);
        WaitForAsyncUtils.waitForFxEvents();
    }

    static void waitFor(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
    }
}
