package dev.tidemark.app.shell;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.undo.Toasts.Toast;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.animation.FadeTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Shows the current message at the bottom of the window, with a button to undo or to close. */
final class ToastView extends HBox {
    private static final Duration ARRIVE = Duration.millis(140);

    private final Label text = new Label();
    private final Button undo;

    ToastView(Toasts toasts) {
        setId("toast");
        getStyleClass().add(Styles.TOAST);
        setMaxWidth(Region.USE_PREF_SIZE);
        text.setId("toast-text");
        Controls.wrapped(text);
        undo = Controls.button("toast-undo", Styles.QUIET_BUTTON, Messages.text(Keys.TOAST_UNDO), toasts::undo);
        Button close =
                Controls.button("toast-close", Styles.QUIET_BUTTON, Messages.text(Keys.TOAST_CLOSE), toasts::close);
        getChildren().setAll(text, undo, close);
        setVisible(false);
        toasts.currentProperty().subscribe(toast -> show(toast, close));
    }

    private void show(@Nullable Toast toast, Button close) {
        setVisible(toast != null);
        if (toast == null) {
            return;
        }
        text.setMaxWidth(UiScale.scaled(420));
        text.setText(SingleLineText.of(toast.text()));
        Controls.show(undo, toast.undo() != null);
        Controls.show(close, toast.undo() == null);
        if (!UiScale.isMotionReduced()) {
            FadeTransition fade = new FadeTransition(ARRIVE, this);
            fade.setFromValue(0);
            fade.setToValue(1);
            fade.play();
        }
    }
}
