package dev.tidemark.app.trouble;

import dev.tidemark.app.fx.Drawing;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window that there is when the library cannot be opened, or had to be closed. For the JavaFX thread. */
public final class TroubleWindow {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 340;

    private final Stage stage = new Stage();
    private final Look look;
    private final TroublePage page;

    /** @param tryAgain opens the library once more */
    public TroubleWindow(Look look, TroubleHelp help, Runnable tryAgain) {
        this.look = look;
        page = new TroublePage(help, tryAgain, stage::hide);
        double width = Drawing.scaled(WIDTH);
        double height = Drawing.scaled(HEIGHT);
        Scene scene = new Scene(page, width, height);
        look.dress(scene);
        stage.setScene(scene);
        stage.setTitle(Texts.text(Keys.APP_NAME));
        WindowIcon.give(stage);
        stage.setMinWidth(width);
        stage.setMinHeight(height);
    }

    /** Says that opening takes a while. */
    public void showWaiting() {
        page.showWaiting();
        stage.show();
    }

    /** Says that closing the library takes a while. */
    public void showSaving() {
        page.showSaving();
        stage.show();
    }

    /**
     * Says what happened, and brings the window forward.
     *
     * @param wasOpen whether the library was open before
     */
    public void show(Trouble trouble, boolean wasOpen) {
        page.show(Texts.text(wasOpen ? Keys.TROUBLE_STOPPED : Keys.TROUBLE_TITLE), trouble);
        stage.show();
        stage.toFront();
    }

    /** Takes the window away. */
    public void close() {
        stage.hide();
        look.forget(stage.getScene());
    }

    /** Its stage. */
    public Stage stage() {
        return stage;
    }
}
