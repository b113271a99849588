package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * Shows one card above all other content of a window, until the user presses Escape or clicks outside. The card traps
 * the focus. When the card closes, the previous control gets the focus again.
 */
public final class Overlay extends StackPane {
    private static final double FROM_TOP = 72;

    private @Nullable Node before;

    /** Creates an overlay without a card. */
    public Overlay() {
        getStyleClass().add(Styles.SCRIM);
        setVisible(false);
        setOnMousePressed(event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        FocusTrap.install(this);
    }

    /**
     * Shows a card, which replaces an open card.
     *
     * @param focus the node in the card that gets the focus
     */
    public void open(Region card, Node focus) {
        if (!isVisible()) {
            before = getScene().getFocusOwner();
        }
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(card, Pos.TOP_CENTER);
        StackPane.setMargin(card, new Insets(FROM_TOP, 16, 16, 16));
        getChildren().setAll(card);
        setVisible(true);
        focus.requestFocus();
    }

    public void close() {
        setVisible(false);
        getChildren().clear();
        if (before != null && before.getScene() != null) {
            before.requestFocus();
        }
        before = null;
    }
}
