package dev.tidemark.app.fx;

import dev.tidemark.resources.AppIcon;
import java.util.List;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;

/** Supplies the window icon of the app. For the JavaFX thread. */
public final class WindowIcon {
    private static final List<Image> IMAGES =
            AppIcon.ALL.stream().map(url -> new Image(url.toString())).toList();

    private WindowIcon() {}

    /** Creates a decorative image of the icon. */
    public static ImageView picture(double size) {
        ImageView view = new ImageView(IMAGES.getLast());
        view.setFitWidth(size);
        view.setFitHeight(size);
        view.setSmooth(true);
        return view;
    }

    public static void applyTo(Stage stage) {
        stage.getIcons().setAll(IMAGES);
    }
}
