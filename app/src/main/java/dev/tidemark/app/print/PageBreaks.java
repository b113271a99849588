package dev.tidemark.app.print;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;

/** Finds page breaks between the lines of laid-out content. */
final class PageBreaks {
    /**
     * The height in points that a break may cut off a line, because the rounded bounds of adjacent lines overlap
     * slightly.
     */
    private static final double TOUCH = 0.5;

    private final Node root;
    private final List<Range> ranges = new ArrayList<>();

    /** A vertical range that no break may cut. */
    private record Range(double top, double bottom) {}

    PageBreaks(Node root) {
        this.root = root;
        collect(root);
    }

    private void collect(Node node) {
        switch (node) {
            case TextFlow flow -> lines(flow, flow.getLayoutInfo().getTextLines(false));
            case Text text -> lines(text, text.getLayoutInfo().getTextLines(false));
            case Parent parent
            when !(parent instanceof Control)
                    && !parent.getChildrenUnmodifiable().isEmpty() ->
                parent.getChildrenUnmodifiable().forEach(this::collect);
            default -> whole(node, node.getLayoutBounds());
        }
    }

    private void lines(Node node, List<TextLineInfo> lines) {
        for (TextLineInfo line : lines) {
            Rectangle2D bounds = line.bounds();
            whole(node, new BoundingBox(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight()));
        }
    }

    private void whole(Node node, Bounds local) {
        Bounds bounds = local;
        for (Node at = node; !at.equals(root); at = at.getParent()) {
            bounds = at.localToParent(bounds);
        }
        ranges.add(new Range(bounds.getMinY(), bounds.getMaxY()));
    }

    /**
     * Returns the lowest page break between two heights; {@code from} if there is none.
     *
     * @param from the upper end of the range in points
     * @param to the lower end of the range in points
     */
    double last(double from, double to) {
        double end = to;
        boolean moved = true;
        while (moved && end > from) {
            moved = false;
            for (Range one : ranges) {
                if (one.top() < end - TOUCH && one.bottom() > end + TOUCH) {
                    end = one.top();
                    moved = true;
                }
            }
        }
        return Math.max(from, end);
    }
}
