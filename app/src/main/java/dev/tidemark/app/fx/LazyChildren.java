package dev.tidemark.app.fx;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;

/**
 * Adds nodes to the scene graph when they first become visible. JavaFX would style and lay out even hidden nodes, which
 * delays the first frame of the window. For the JavaFX thread.
 */
public final class LazyChildren {
    private LazyChildren() {}

    /**
     * Adds the visible nodes to a pane now. Adds each other node when it becomes visible, in the order of {@code
     * parts}.
     */
    public static void fill(Pane pane, Node... parts) {
        List<Node> all = List.of(parts);
        pane.getChildren().setAll(all.stream().filter(Node::isVisible).toList());
        for (Node part : all) {
            part.visibleProperty().subscribe(visible -> {
                if (visible && part.getParent() == null) {
                    insert(pane.getChildren(), part, all);
                }
            });
        }
    }

    /**
     * Adds a node that became visible. In a shown window, applies the styles at once, because the caller may focus a
     * field in the node and the user may type. JavaFX styles the nodes of a hidden window when the window is shown.
     */
    private static void insert(ObservableList<Node> children, Node part, List<Node> all) {
        int before = (int) all.subList(0, all.indexOf(part)).stream()
                .filter(children::contains)
                .count();
        children.add(before, part);
        Scene scene = part.getScene();
        if (scene != null && scene.getWindow() != null && scene.getWindow().isShowing()) {
            part.applyCss();
        }
    }
}
