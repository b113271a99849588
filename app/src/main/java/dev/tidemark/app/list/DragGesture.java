package dev.tidemark.app.list;

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
 * What is being dragged within the window, with a label that follows the pointer. It uses the toolkit's own gesture, not that of the
 * system, which works the same on every desktop; nothing of it leaves the window.
 */
public final class DragGesture {
    private static final double BESIDE_POINTER = 12;
    private static final Dragged NOTHING = new Dragged.Nothing();

    private final Label ghost = new Label();
    private final AutoScroller edges = new AutoScroller();
    private Dragged current = NOTHING;
    private boolean attached;

    /** What can be dragged. */
    public sealed interface Dragged {
        /** Nothing at the moment. */
        record Nothing() implements Dragged {}

        /** Items of the list. */
        record Items(SelectionSnapshot chosen) implements Dragged {}

        /**
         * A line of the sidebar.
         *
         * @param section the section that shows the line; only compared
         * @param key names it there
         */
        record SidebarLine(Object section, String key) implements Dragged {}
    }

    public DragGesture() {
        ghost.getStyleClass().add(Styles.DRAG_GHOST);
        ghost.setMouseTransparent(true);
        ghost.setManaged(false);
        ghost.setVisible(false);
    }

    /** Lies over everything in the window. */
    public Node ghost() {
        return ghost;
    }

    /** What scrolls while the pointer rests near its edges. */
    public AutoScroller edges() {
        return edges;
    }

    Dragged current() {
        return current;
    }

    /** The dragged items; none if something else is dragged. */
    public SelectionSnapshot items() {
        return current instanceof Dragged.Items items ? items.chosen() : SelectionSnapshot.of(List.of());
    }

    /** The key of the line of this section that is dragged, or {@code null}. */
    @Nullable
    public String line(Object section) {
        return current instanceof Dragged.SidebarLine line && line.section().equals(section) ? line.key() : null;
    }

    /**
     * Begins a drag; for the handler of a drag that was detected.
     *
     * @param source where it begins
     * @param text what the label says
     */
    public void begin(Node source, Dragged dragged, String text) {
        current = dragged;
        ghost.setText(SingleLineText.brief(text));
        source.startFullDrag();
        attach(source.getScene());
    }

    private void attach(Scene scene) {
        if (!attached) {
            attached = true;
            scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::follow);
            scene.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> endSoon());
            // Where the list was laid out anew meanwhile, the row that was pressed hears of no release.
            scene.addEventFilter(MouseEvent.MOUSE_MOVED, event -> end());
            scene.addEventFilter(KeyEvent.KEY_PRESSED, this::cancel);
        }
    }

    private void follow(MouseEvent event) {
        if (current.equals(NOTHING) || ghost.getParent() == null) {
            return;
        }
        Point2D place = ghost.getParent().sceneToLocal(event.getSceneX(), event.getSceneY());
        ghost.autosize();
        ghost.relocate(place.getX() + BESIDE_POINTER, place.getY() + BESIDE_POINTER);
        ghost.setVisible(true);
        edges.follow(event.getSceneX(), event.getSceneY());
    }

    private void cancel(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !current.equals(NOTHING)) {
            end();
            event.consume();
        }
    }

    /** What it is dropped on is told of the release after the source. */
    private void endSoon() {
        FxExecutor.INSTANCE.execute(this::end);
    }

    private void end() {
        current = NOTHING;
        edges.end();
        ghost.setVisible(false);
    }

    /** Whether the pointer is in the lower half of the node. */
    public static boolean isLower(Node node, MouseDragEvent event) {
        return event.getY() > node.getLayoutBounds().getHeight() / 2;
    }
}
