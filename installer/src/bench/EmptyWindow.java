import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/**
 * Opens an empty window, which is the minimum of a JavaFX program. The start benchmark compares Tidemark with this
 * program.
 */
public final class EmptyWindow extends Application {
    /** The class with the main method is separate, so that JavaFX can be on the class path. */
    public static final class Start {
        public static void main(String[] arguments) {
            Application.launch(EmptyWindow.class);
        }
    }

    @Override
    public void start(Stage stage) {
        stage.setScene(new Scene(new StackPane(new Label("Empty")), 1120, 760));
        stage.show();
        new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long now) {
                frames++;
                if (frames == 3) {
                    System.out.println("The window is drawn at " + System.currentTimeMillis());
                    stop();
                }
            }
        }.start();
    }
}
