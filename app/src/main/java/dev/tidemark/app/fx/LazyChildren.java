package dev.tidemark.app.fx;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;

/**
 * Adds parts of a window to the scene graph when they first become visible. JavaFX styles and lays out hidden nodes,
 * too, which would delay the opening of the window. For the JavaFX thread.
 */
public final class LazyChildren {
    private LazyChildren() {}

    /** Adds the visible parts to a pane, and each other part at its position when it becomes visible. */
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
     * Styles the part at once: the caller may give a field in it the focus, and the user may type. A hidden window has
     * no styles to look up; JavaFX styles its nodes when it is shown.
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
