package dev.tidemark.app.errors;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Replaces the content of a window with an error and its remedy. */
final class ErrorPage extends VBox {
    private final Label title = new Label();
    private final Label sentence = words("trouble-sentence");
    private final Label advice = words("trouble-advice");
    private final Label code = words("trouble-code");
    private final Button again;
    private final FlowPane help;

    ErrorPage(ErrorHelp offered, Runnable tryAgain, Runnable close) {
        getStyleClass().add(Styles.FAILURE);
        title.setId("trouble-title");
        title.getStyleClass().add(Styles.FAILURE_TITLE);
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        advice.getStyleClass().add(Styles.MUTED);
        code.getStyleClass().add(Styles.CAPTION);
        again = Controls.button("trouble-again", Styles.PRIMARY, Messages.text(Keys.TROUBLE_AGAIN), tryAgain);
        again.setDefaultButton(true);
        Button end = Controls.button("trouble-close", Styles.PLAIN, Messages.text(Keys.FAILURE_CLOSE), close);
        end.setCancelButton(true);
        help = new FlowPane(
                4,
                4,
                new CopyDiagnosticsButton("trouble-copy", offered),
                Controls.quietButton(
                        "trouble-log",
                        Icons.FOLDER,
                        Messages.text(Keys.DIAGNOSTICS_LOG),
                        () -> offered.openLogFolder(this::say)));
        HBox buttons = new HBox(8, Controls.spacer(), end, again);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox text = new VBox(8, title, sentence, advice, code);
        VBox.setVgrow(text, Priority.ALWAYS);
        getChildren().setAll(text, help, buttons);
    }

    private static Label words(String id) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Shows that opening takes a while. */
    void showWaiting() {
        wait(Keys.TROUBLE_WAITING, Keys.TROUBLE_WAITING_WHY);
    }

    void showSaving() {
        wait(Keys.TROUBLE_SAVING, Keys.TROUBLE_SAVING_WHY);
    }

    private void wait(String heading, String why) {
        title.setText(Messages.text(heading));
        sentence.setText(Messages.text(why));
        show(false, advice, code, help, again);
    }

    void show(String heading, ErrorReport trouble) {
        title.setText(heading);
        sentence.setText(trouble.sentence());
        advice.setText(trouble.advice());
        code.setText(Messages.text(Keys.TROUBLE_CODE, trouble.code()));
        show(true, code, help, again);
        show(!trouble.advice().isEmpty(), advice);
        again.requestFocus();
    }

    /** Shows why an action of this page failed. */
    private void say(Throwable failure) {
        advice.setText(ErrorReport.of(failure).sentence());
        show(true, advice);
    }

    private static void show(boolean shown, Node... nodes) {
        for (Node node : nodes) {
            Controls.show(node, shown);
        }
    }
}
