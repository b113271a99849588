package dev.tidemark.app.history;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

/** The field for a date and time to which the history jumps. Enter jumps, Escape closes the field. */
final class MomentField extends HBox {
    private static final double WIDTH = 200;

    private final TextField text = Controls.field(
            new TextField(),
            "history-moment",
            Messages.text(Keys.HISTORY_MOMENT_PROMPT),
            Styles.FIELD,
            Styles.OUTLINED);
    private final Label unknown =
            Controls.styled(new Label(Messages.text(Keys.HISTORY_MOMENT_UNKNOWN)), Styles.CAPTION);

    /**
     * @param reading returns the end of the typed moment; empty if the text is not understood
     * @param jump receives that end
     * @param closed runs when the field closes
     */
    MomentField(Function<String, Optional<Instant>> reading, Consumer<Instant> jump, Runnable closed) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        text.setPrefWidth(WIDTH);
        unknown.setId("history-moment-unknown");
        getChildren().setAll(text, unknown);
        text.textProperty().subscribe(typed -> Controls.show(unknown, false));
        text.setOnAction(event -> {
            Optional<Instant> end = reading.apply(text.getText());
            Controls.show(unknown, end.isEmpty());
            end.ifPresent(moment -> {
                close(closed);
                jump.accept(moment);
            });
        });
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close(closed);
                event.consume();
            }
        });
        Controls.show(this, false);
    }

    /** Shows the field and moves the focus to it. */
    void open() {
        Controls.show(this, true);
        text.clear();
        text.requestFocus();
    }

    private void close(Runnable closed) {
        Controls.show(this, false);
        closed.run();
    }
}
