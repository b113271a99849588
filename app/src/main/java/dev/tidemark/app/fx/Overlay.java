package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * Shows one card at a time above everything else in a window, until Escape or a click beside it. The focus stays within it and then
 * goes back to where it was.
 */
public final class Overlay extends StackPane {
    private static final double FROM_TOP = 72;

    private @Nullable Node before;

    /** Nothing shown yet. */
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
            } else if (event.getCode() == KeyCode.TAB) {
                focusNext(event.isShiftDown());
                event.consume();
            }
        });
    }

    /**
     * Shows the card in the place of any other.
     *
     * @param focus what in it takes the focus
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

    /** From the last control of the card to its first, and back. */
    private void focusNext(boolean backwards) {
        List<Node> stops = new ArrayList<>();
        collectStops(this, stops);
        int now = stops.indexOf(getScene().getFocusOwner());
        if (!stops.isEmpty()) {
            int step = backwards ? stops.size() - 1 : 1;
            stops.get(now < 0 ? 0 : (now + step) % stops.size()).requestFocus();
        }
    }

    private static void collectStops(Parent parent, List<Node> stops) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child.isFocusTraversable() && child.isVisible() && !child.isDisabled()) {
                stops.add(child);
            } else if (child instanceof Parent inner) {
                collectStops(inner, stops);
            }
        }
    }

    /** Takes the card away. */
    public void close() {
        setVisible(false);
        getChildren().clear();
        if (before != null && before.getScene() != null) {
            before.requestFocus();
        }
        before = null;
    }
}
