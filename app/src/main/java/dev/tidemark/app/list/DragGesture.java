package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Drags items or sidebar lines within the window, with a label that follows the pointer. Uses the full
 * press-drag-release gesture of JavaFX instead of the drag and drop of the system, because the gesture works the same
 * on all desktops and no data leaves the window.
 */
public final class DragGesture {
    private static final double BESIDE_POINTER = 12;
    private static final Dragged NOTHING = new Dragged.Nothing();

    private final Label dragView = Controls.styled(new Label(), Styles.DRAG_GHOST);
    private final AutoScroller autoScroller = new AutoScroller();
    private Dragged current = NOTHING;
    private boolean attached;

    public sealed interface Dragged {
        record Nothing() implements Dragged {}

        record Items(SelectionSnapshot snapshot) implements Dragged {}

        /**
         * A line of the sidebar.
         *
         * @param section the section of the line, used only for comparison
         * @param key identifies the line within its section
         */
        record SidebarLine(Object section, String key) implements Dragged {}
    }

    public DragGesture() {
        dragView.setMouseTransparent(true);
        dragView.setManaged(false);
        dragView.setVisible(false);
    }

    /** The label that follows the pointer. The window shows this label above all other nodes. */
    public Node dragView() {
        return dragView;
    }

    /** Scrolls lists during the drag. */
    public AutoScroller autoScroller() {
        return autoScroller;
    }

    Dragged current() {
        return current;
    }

    /** The dragged items; empty if the user drags nothing or a sidebar line. */
    public SelectionSnapshot items() {
        return current instanceof Dragged.Items items ? items.snapshot() : SelectionSnapshot.of(List.of());
    }

    /** The key of the dragged sidebar line; {@code null} if the user drags no line of this section. */
    @Nullable
    public String line(Object section) {
        return current instanceof Dragged.SidebarLine line && line.section().equals(section) ? line.key() : null;
    }

    /** Begins a drag on a node. Call this method from a handler of {@code DRAG_DETECTED}. */
    public void begin(Node source, Dragged dragged, String text) {
        current = dragged;
        dragView.setText(SingleLineText.abbreviate(text));
        source.startFullDrag();
        attach(source.getScene());
    }

    private void attach(Scene scene) {
        if (!attached) {
            attached = true;
            scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::follow);
            scene.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> endLater());
            // The pressed row receives no release event if the list was laid out again during the drag.
            scene.addEventFilter(MouseEvent.MOUSE_MOVED, event -> end());
            scene.addEventFilter(KeyEvent.KEY_PRESSED, this::cancel);
        }
    }

    private void follow(MouseEvent event) {
        if (current.equals(NOTHING) || dragView.getParent() == null) {
            return;
        }
        Point2D point = dragView.getParent().sceneToLocal(event.getSceneX(), event.getSceneY());
        dragView.autosize();
        dragView.relocate(point.getX() + BESIDE_POINTER, point.getY() + BESIDE_POINTER);
        dragView.setVisible(true);
        autoScroller.pointerMoved(event.getSceneX(), event.getSceneY());
    }

    private void cancel(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !current.equals(NOTHING)) {
            end();
            event.consume();
        }
    }

    /** Ends the drag later, because the drop target receives its release event after the source. */
    private void endLater() {
        FxExecutor.INSTANCE.execute(this::end);
    }

    private void end() {
        current = NOTHING;
        autoScroller.end();
        dragView.setVisible(false);
    }

    /** Marks the edge of the row where a drop would insert the dragged rows, or removes the mark. */
    public static void mark(Node row, boolean wanted, MouseDragEvent event) {
        Controls.toggleStyle(row, Styles.DROP_BELOW, wanted && isLower(row, event));
        Controls.toggleStyle(row, Styles.DROP_ABOVE, wanted && !isLower(row, event));
    }

    /** Whether the pointer is in the lower half of the node. */
    public static boolean isLower(Node node, MouseDragEvent event) {
        return event.getY() > node.getLayoutBounds().getHeight() / 2;
    }
}
