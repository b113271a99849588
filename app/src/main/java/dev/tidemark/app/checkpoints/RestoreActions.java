package dev.tidemark.app.checkpoints;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import org.jspecify.annotations.Nullable;

/** A row of buttons in whose place a question can appear, which names the effect of restoring. */
final class RestoreActions extends FlowPane {
    private final String id;
    private @Nullable List<Node> buttons;

    /** @param id begins the ids of the question's parts */
    RestoreActions(String id, Node... buttons) {
        super(4, 4, buttons);
        this.id = id;
        getStyleClass().add(Styles.CHECKPOINT_ACTIONS);
        // Otherwise the question, as wide as this row, would keep the row from becoming narrower.
        setMinWidth(0);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && this.buttons != null) {
                close();
                event.consume();
            }
        });
    }

    /** Shows the question, with a button that restores and one that returns to the buttons. */
    void confirm(String question, Runnable restore) {
        Label label = Controls.wrapped(new Label(question));
        label.setId(id + "-question");
        label.maxWidthProperty().bind(widthProperty());
        Button confirm = Controls.button(
                id + "-confirm", Styles.PRIMARY, Messages.text(Keys.CHECKPOINTS_RESTORE_CONFIRM), () -> {
                    close();
                    restore.run();
                });
        confirm.setAccessibleText(question);
        Button cancel = Controls.button(
                id + "-cancel", Styles.QUIET_BUTTON, Messages.text(Keys.CONFLICT_MERGE_CANCEL), this::close);
        buttons = List.copyOf(getChildren());
        getChildren().setAll(label, confirm, cancel);
        confirm.requestFocus();
    }

    private void close() {
        if (buttons != null) {
            getChildren().setAll(buttons);
            buttons = null;
            getChildren().getLast().requestFocus();
        }
    }
}
