import atlantafx.base.theme.PrimerLight;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/**
 * Opens the simplest JavaFX window with a list and a sidebar. It has controls with Tidemark's base theme, but no
 * database, icons, fonts and styles. No program with such JavaFX controls can start faster.
 */
public final class PlainList extends Application {
    /** The class with the main method is separate, so that JavaFX can be on the class path. */
    public static final class Start {
        public static void main(String[] arguments) {
            Application.launch(PlainList.class);
        }
    }

    @Override
    public void start(Stage stage) {
        setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        VBox sidebar = new VBox(new Label("Lists"));
        IntStream.range(0, 30).forEach(number -> sidebar.getChildren().add(new ToggleButton("List " + number)));
        ListView<String> list = new ListView<>(FXCollections.observableList(IntStream.range(0, 10_000)
                .mapToObj(number -> "Item number " + number)
                .toList()));
        BorderPane middle = new BorderPane(list);
        middle.setTop(new TextField());
        SplitPane panes = new SplitPane(sidebar, middle, new VBox(new TextField(), new TextArea()));
        panes.setDividerPositions(0.2, 0.55);
        stage.setScene(new Scene(panes, 1120, 760));
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
