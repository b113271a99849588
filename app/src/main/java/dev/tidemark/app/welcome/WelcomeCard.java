package dev.tidemark.app.welcome;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.app.importing.ImportCard;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Offers ways to start with an empty library. Each choice closes the card. Escape closes the card and leaves the
 * library empty.
 */
public final class WelcomeCard extends VBox {
    private static final double WIDTH = 460;
    private static final double ICON = 48;

    private final Button first;

    /**
     * @param today the day around which the sample items are due
     * @param opener receives the file to import
     */
    public WelcomeCard(
            WelcomeViewModel model, LocalDate today, Consumer<Path> opener, Runnable connect, Runnable close) {
        setId("welcome");
        getStyleClass().addAll(Styles.OVERLAY_CARD, Styles.WELCOME);
        setPrefWidth(UiScale.scaled(WIDTH));
        Label title = new Label(Messages.text(Keys.WELCOME_TITLE));
        title.getStyleClass().add(Styles.SETTINGS_TITLE);
        Label hint =
                Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.WELCOME_HINT)), Styles.SETTINGS_HINT));
        VBox words = new VBox(4, title, hint);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(16, WindowIcon.picture(ICON), words);
        VBox.setMargin(head, new Insets(0, 0, 8, 0));
        first = choice("welcome-empty", Icons.ADD, Keys.WELCOME_EMPTY, Keys.WELCOME_EMPTY_HINT, close);
        getChildren()
                .setAll(
                        head,
                        first,
                        choice("welcome-sample", Icons.ALL, Keys.WELCOME_SAMPLE, Keys.WELCOME_SAMPLE_HINT, () -> {
                            close.run();
                            model.addSample(today);
                        }),
                        choice("welcome-import", Icons.FOLDER, Keys.WELCOME_IMPORT, Keys.WELCOME_IMPORT_HINT, () -> {
                            ImportCard.choose(getScene().getWindow()).ifPresent(file -> {
                                close.run();
                                opener.accept(file);
                            });
                        }),
                        choice("welcome-connect", Icons.SYNC, Keys.WELCOME_CONNECT, Keys.WELCOME_CONNECT_HINT, () -> {
                            close.run();
                            connect.run();
                        }));
    }

    /** The first choice, which gets the focus. */
    public Node first() {
        return first;
    }

    private static Button choice(String id, String icon, String name, String hint, Runnable action) {
        Label title = new Label(Messages.text(name));
        title.getStyleClass().add(Styles.WELCOME_CHOICE_NAME);
        Label more = new Label(Messages.text(hint));
        more.getStyleClass().add(Styles.SETTINGS_HINT);
        VBox words = new VBox(2, title, more);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox content = new HBox(16, Controls.icon(icon), words);
        content.setAlignment(Pos.CENTER_LEFT);
        Button button = new Button(null, content);
        button.setId(id);
        button.getStyleClass().add(Styles.WELCOME_CHOICE);
        button.setAccessibleText(Messages.text(name));
        button.setAccessibleHelp(Messages.text(hint));
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(event -> action.run());
        return button;
    }
}
