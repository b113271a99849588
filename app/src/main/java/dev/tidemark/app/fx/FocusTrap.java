package dev.tidemark.app.fx;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Keeps the keyboard focus inside a part of a window. Tab moves the focus from the last control to the first, and
 * Shift+Tab from the first to the last. For the JavaFX thread.
 */
public final class FocusTrap {
    private final Pane part;

    /**
     * A node after the last control. A backward traversal from this node focuses the last control and shows its focus
     * ring, which {@code requestFocus} does not.
     */
    private final Region end = new Region();

    private FocusTrap(Pane part) {
        this.part = part;
        end.setFocusTraversable(true);
        end.setManaged(false);
    }

    /** Installs the trap in a part of a window. */
    public static void install(Pane part) {
        FocusTrap trap = new FocusTrap(part);
        part.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                trap.moveFocus(event.isShiftDown());
                event.consume();
            }
        });
    }

    private void moveFocus(boolean backwards) {
        List<Node> stops = new ArrayList<>();
        collect(part, stops);
        if (stops.isEmpty()) {
            return;
        }
        int now = stops.indexOf(part.getScene().getFocusOwner());
        int step = backwards ? stops.size() - 1 : 1;
        int next = now < 0 ? 0 : (now + step) % stops.size();
        Node wanted = stops.get(next);
        if (next > 0) {
            stops.get(next - 1).requestFocusTraversal(TraversalDirection.NEXT);
        } else if (stops.size() > 1) {
            stops.get(1).requestFocusTraversal(TraversalDirection.PREVIOUS);
        } else {
            part.getChildren().add(end);
            end.requestFocusTraversal(TraversalDirection.PREVIOUS);
            part.getChildren().remove(end);
        }
        if (!wanted.equals(part.getScene().getFocusOwner())) {
            wanted.requestFocus();
        }
    }

    /** Whether only arrow keys reach the node. In a toggle group, Tab reaches only the selected button. */
    private static boolean isReachedByArrows(Node node) {
        return node instanceof ToggleButton toggle
                && toggle.getToggleGroup() != null
                && toggle.getToggleGroup().getSelectedToggle() != null
                && !toggle.isSelected();
    }

    private static void collect(Parent parent, List<Node> stops) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (!child.isVisible() || child.isDisabled()) {
                continue;
            }
            if (child.isFocusTraversable() && !isReachedByArrows(child)) {
                stops.add(child);
            }
            if (child instanceof Parent inner && !(child instanceof TextInputControl)) {
                collect(inner, stops);
            }
        }
    }
}
