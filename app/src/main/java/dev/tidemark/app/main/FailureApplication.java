package dev.tidemark.app.main;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Look;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** Says in one sentence why the program cannot start. The sentence is its only parameter. */
public final class FailureApplication extends Application {
    private static final double WIDTH = 480;

    @Override
    public void start(Stage stage) {
        Label title = new Label(Texts.text(Keys.FAILURE_TITLE));
        title.getStyleClass().add(Styles.FAILURE_TITLE);
        Label sentence = new Label(String.join(" ", getParameters().getUnnamed()));
        sentence.setId("failure-sentence");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        Button close = Controls.button("failure-close", Styles.PRIMARY, Texts.text(Keys.FAILURE_CLOSE), stage::hide);
        close.setDefaultButton(true);
        HBox buttons = new HBox(Controls.spacer(), close);
        VBox content = new VBox(title, sentence, buttons);
        VBox.setVgrow(sentence, Priority.ALWAYS);
        content.getStyleClass().add(Styles.FAILURE);
        content.setPrefWidth(WIDTH);
        Scene scene = new Scene(content);
        new Look().dress(scene);
        stage.setScene(scene);
        stage.setTitle(Texts.text(Keys.APP_NAME));
        stage.setResizable(false);
        stage.show();
    }
}
