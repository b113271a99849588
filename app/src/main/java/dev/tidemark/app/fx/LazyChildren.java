package dev.tidemark.app.fx;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * Keeps parts of a window out of it until they are first to be seen: JavaFX styles, skins and lays out what is hidden, too,
 * which a window that is about to open has no time for. For the JavaFX thread.
 */
public final class LazyChildren {
    private LazyChildren() {}

    /** Fills a pane with those of these parts that are visible; each of the others comes to its place once it is. */
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

    /** Styled at once, as whoever shows a field gives it the focus, and somebody types. */
    private static void insert(ObservableList<Node> children, Node part, List<Node> all) {
        int before = (int) all.subList(0, all.indexOf(part)).stream()
                .filter(children::contains)
                .count();
        children.add(before, part);
        part.applyCss();
    }
}
