import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** The least that a program with a window does: what the start of Tidemark is measured against. */
public final class EmptyWindow extends Application {
    /** Not the application itself, so that JavaFX may lie on the class path. */
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
