package dev.tidemark.app.errors;

import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window of a library that cannot be opened or had to be closed. For the JavaFX thread. */
public final class ErrorWindow {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 340;

    private final Stage stage = new Stage();
    private final ThemeManager look;
    private final ErrorPage page;

    /** @param tryAgain opens the library once more */
    public ErrorWindow(ThemeManager look, ErrorHelp help, Runnable tryAgain) {
        this.look = look;
        page = new ErrorPage(help, tryAgain, stage::hide);
        double width = UiScale.scaled(WIDTH);
        double height = UiScale.scaled(HEIGHT);
        Scene scene = new Scene(page, width, height);
        look.applyTheme(scene);
        stage.setScene(scene);
        stage.setTitle(Messages.text(Keys.APP_NAME));
        WindowIcon.applyTo(stage);
        stage.setMinWidth(width);
        stage.setMinHeight(height);
    }

    /** Shows that opening takes a while. */
    public void showWaiting() {
        page.showWaiting();
        stage.show();
    }

    /** Shows that closing the library takes a while. */
    public void showSaving() {
        page.showSaving();
        stage.show();
    }

    /**
     * Shows the error and brings the window forward.
     *
     * @param wasOpen whether the library was open before
     */
    public void show(ErrorReport trouble, boolean wasOpen) {
        page.show(Messages.text(wasOpen ? Keys.TROUBLE_STOPPED : Keys.TROUBLE_TITLE), trouble);
        stage.show();
        stage.toFront();
    }

    public void close() {
        stage.hide();
        look.removeScene(stage.getScene());
    }

    public Stage stage() {
        return stage;
    }
}
