package dev.tidemark.app.errors;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** Shows a window that says that a library cannot be opened or had to be closed. Confined to the JavaFX thread. */
public final class ErrorWindow {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 340;
    private static final double HEIGHT_WITH_REMEDIES = 500;

    private final Stage stage = new Stage();
    private final ThemeManager themes;
    private final Label title = label("trouble-title");
    private final Label sentence = label("trouble-sentence");
    private final Label advice = label("trouble-advice");
    private final Label code = label("trouble-code");
    private final Button retryButton;
    private final FlowPane help;
    private final VBox remedies = new VBox();

    /** @param tryAgain opens the library once more */
    public ErrorWindow(ThemeManager themes, ErrorHelp errorHelp, Runnable tryAgain) {
        this.themes = themes;
        title.getStyleClass().add(Styles.FAILURE_TITLE);
        advice.getStyleClass().add(Styles.MUTED);
        code.getStyleClass().add(Styles.CAPTION);
        retryButton = Controls.button("trouble-again", Styles.PRIMARY, Messages.text(Keys.TROUBLE_AGAIN), tryAgain);
        retryButton.setDefaultButton(true);
        Button end = Controls.button("trouble-close", Styles.PLAIN, Messages.text(Keys.FAILURE_CLOSE), stage::hide);
        end.setCancelButton(true);
        help = new FlowPane(
                4,
                4,
                new CopyDiagnosticsButton("trouble-copy", errorHelp),
                Controls.flatButton(
                        "trouble-log",
                        Icons.FOLDER,
                        Messages.text(Keys.DIAGNOSTICS_LOG),
                        () -> errorHelp.openLogFolder(this::showMessage)));
        help.getStyleClass().add(Styles.FAILURE_HELP);
        HBox buttons = new HBox(8, Controls.spacer(), end, retryButton);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox text = new VBox(8, title, sentence, advice, remedies, code);
        VBox.setVgrow(text, Priority.ALWAYS);
        VBox.setMargin(remedies, new Insets(8, 0, 8, 0));
        Controls.show(remedies, false);
        VBox page = new VBox(text, help, buttons);
        page.getStyleClass().add(Styles.FAILURE);
        double width = UiScale.scaled(WIDTH);
        double height = UiScale.scaled(HEIGHT);
        Scene scene = new Scene(page, width, height);
        themes.applyTheme(scene);
        stage.setScene(scene);
        stage.setTitle(Messages.text(Keys.APP_NAME));
        WindowIcon.applyTo(stage);
        stage.setMinWidth(width);
        stage.setMinHeight(height);
    }

    private static Label label(String id) {
        Label label = new Label();
        label.setId(id);
        return Controls.wrapped(label);
    }

    /** Shows that opening the library takes a while. */
    public void showWaiting() {
        showProgress(Keys.TROUBLE_WAITING, Keys.TROUBLE_WAITING_WHY);
    }

    /** Shows that closing the library takes a while. */
    public void showSaving() {
        showProgress(Keys.TROUBLE_SAVING, Keys.TROUBLE_SAVING_WHY);
    }

    private void showProgress(String heading, String reason) {
        title.setText(Messages.text(heading));
        sentence.setText(Messages.text(reason));
        show(true, sentence);
        show(false, advice, code, help, retryButton, remedies);
        stage.show();
    }

    /**
     * Shows the error and brings the window forward.
     *
     * @param wasOpen whether the library was open before
     */
    public void show(ErrorReport report, boolean wasOpen) {
        title.setText(Messages.text(wasOpen ? Keys.TROUBLE_STOPPED : Keys.TROUBLE_TITLE));
        sentence.setText(report.sentence());
        advice.setText(report.advice());
        code.setText(Messages.text(Keys.TROUBLE_CODE, report.code()));
        show(true, code, help, retryButton);
        show(true, sentence);
        show(false, remedies);
        emphasize(true);
        retryButton.setText(Messages.text(Keys.TROUBLE_AGAIN));
        show(!report.advice().isEmpty(), advice);
        retryButton.requestFocus();
        stage.show();
        stage.toFront();
    }

    /**
     * Shows remedies below the error.
     *
     * @param isOffered whether they take the place of the advice, and of another attempt as the main action
     * @param isSolved whether the library can be opened now
     */
    public void showRemedies(Node panel, boolean isOffered, boolean isSolved) {
        remedies.getChildren().setAll(panel);
        show(true, remedies);
        show(!isOffered, advice);
        retryButton.setText(Messages.text(isSolved ? Keys.TROUBLE_OPEN : Keys.TROUBLE_AGAIN));
        emphasize(!isOffered || isSolved);
        if (isSolved) {
            title.setText(Messages.text(Keys.TROUBLE_SOLVED));
            show(false, sentence, code);
            retryButton.requestFocus();
        }
        stage.setHeight(Math.max(stage.getHeight(), UiScale.scaled(HEIGHT_WITH_REMEDIES)));
    }

    private void emphasize(boolean isMain) {
        Controls.toggleStyle(retryButton, Styles.PRIMARY, isMain);
        Controls.toggleStyle(retryButton, Styles.PLAIN, !isMain);
    }

    /** Shows why an action of this window failed. */
    private void showMessage(Throwable failure) {
        advice.setText(ErrorReport.of(failure).sentence());
        show(true, advice);
    }

    private static void show(boolean shown, Node... nodes) {
        for (Node node : nodes) {
            Controls.show(node, shown);
        }
    }

    public void close() {
        stage.hide();
        themes.removeScene(stage.getScene());
    }

    public Stage stage() {
        return stage;
    }
}
