package dev.tidemark.app.quickadd;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/**
 * Shows a small window for one new item above all other windows. Enter adds the item and closes the window. Shift+Enter
 * adds the item and keeps the window open. Escape closes the window. If adding fails, the window stays open. For the
 * JavaFX thread. An object can be opened only once.
 */
public final class QuickAddWindow {
    private final Stage stage = new Stage();
    private final QuickAddBar bar;
    private final Label foot = new Label();
    private boolean staysOpen;

    /**
     * Creates the window without showing it.
     *
     * @param closed called once, when the window closes
     */
    public QuickAddWindow(QuickAddViewModel model, ThemeManager themes, Runnable closed) {
        bar = new QuickAddBar(model, stage::hide);
        bar.prompt(Messages.text(Keys.ADD_PROMPT));
        Label example = line("quick-window-example", Messages.text(Keys.QUICK_WINDOW_EXAMPLE));
        bar.parsedProperty().subscribe(parsed -> Controls.show(example, !parsed));
        StackPane.setAlignment(example, Pos.TOP_LEFT);
        foot.setId("quick-window-foot");
        foot.setText(Messages.text(Keys.QUICK_WINDOW_KEYS));
        Controls.wrapped(foot);
        foot.getStyleClass().add(Styles.CAPTION);
        Region gap = new Region();
        VBox.setVgrow(gap, javafx.scene.layout.Priority.ALWAYS);
        VBox root = Controls.styled(new VBox(bar, example, gap, foot), Styles.QUICK_WINDOW);
        root.setId("quick-window");
        Scene scene = new Scene(root);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        themes.applyTheme(scene);
        stage.setScene(scene);
        stage.setTitle(Messages.text(Keys.QUICK_WINDOW_TITLE));
        WindowIcon.applyTo(stage);
        stage.setResizable(false);
        stage.setAlwaysOnTop(true);
        // Makes the window higher if the chips need more rows than fit.
        bar.heightProperty().subscribe(height -> growToFit());
        model.listsProperty().subscribe(lists -> bar.refresh());
        model.outcomeProperty().subscribe(this::show);
        stage.setOnHidden(event -> {
            themes.removeScene(scene);
            closed.run();
        });
    }

    private static Label line(String id, String text) {
        Label label = Controls.styled(new Label(text), Styles.MUTED);
        label.setId(id);
        return Controls.wrapped(label);
    }

    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            stage.hide();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            staysOpen = event.isShiftDown();
            if (staysOpen) {
                bar.submit();
                event.consume();
            }
        }
    }

    private void growToFit() {
        Region root = (Region) stage.getScene().getRoot();
        if (stage.isShowing() && root.prefHeight(root.getWidth()) > root.getHeight()) {
            stage.sizeToScene();
        }
    }

    private void show(QuickAddViewModel.Outcome outcome) {
        if (!outcome.sentence().isEmpty()) {
            showMessage(outcome.sentence(), outcome.isProblem());
            if (!outcome.isProblem() && !staysOpen) {
                stage.hide();
            }
        }
    }

    /** Shows a message at the bottom of the window. */
    public void showMessage(String sentence, boolean isProblem) {
        foot.setText(sentence);
        Controls.toggleStyle(foot, Styles.PROBLEM, isProblem);
        growToFit();
    }

    /** Opens the window with a line in its field. */
    public void open(String typed) {
        stage.show();
        bar.type(typed);
        bringToFront();
    }

    /** Brings the window to the front and keeps its line. */
    public void bringToFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
        bar.requestFocus();
    }

    public String typed() {
        return bar.line();
    }

    public void close() {
        stage.hide();
    }

    public Stage stage() {
        return stage;
    }
}
