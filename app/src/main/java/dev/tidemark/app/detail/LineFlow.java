package dev.tidemark.app.detail;

import dev.tidemark.app.detail.MarkdownLine.Span;
import dev.tidemark.app.detail.MarkdownLine.Style;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.shape.PathElement;
import javafx.scene.text.HitInfo;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;
import org.jspecify.annotations.Nullable;

/**
 * Draws a part of a line, and translates between its characters and the drawn ones. Hidden marks are not drawn. For the
 * JavaFX thread.
 */
final class LineFlow extends TextFlow {
    /** For each position in the part, the position among the drawn characters. */
    private int[] drawnAt = {0};

    /** For each position among the drawn characters, the position in the part. */
    private int[] partAt = {0};

    private final List<Link> links = new ArrayList<>();

    private record Link(Node node, int from, int to) {}

    LineFlow() {
        getStyleClass().add("line-flow");
    }

    /**
     * Draws spans of a line.
     *
     * @param line the whole line
     * @param from where the part starts in the line
     * @param spans the part without gaps
     * @param revealed whether marks are drawn
     */
    void show(String line, int from, List<Span> spans, boolean revealed) {
        List<Node> nodes = new ArrayList<>();
        links.clear();
        int length = line.length() - from;
        drawnAt = new int[length + 1];
        partAt = new int[length + 1];
        int drawn = 0;
        for (Span span : spans) {
            boolean isHidden = span.style().mark() && !revealed;
            for (int at = span.from(); at < span.to(); at++) {
                drawnAt[at - from] = drawn;
                partAt[drawn] = at - from;
                drawn += isHidden ? 0 : 1;
            }
            if (!isHidden) {
                String words = line.substring(span.from(), span.to());
                for (Text text : RtlWrapWorkaround.texts(words)) {
                    text.getStyleClass().add("text");
                    text.getStyleClass().addAll(styleClasses(span.style(), span.target()));
                    nodes.add(text);
                }
                if (span.target() != null) {
                    links.add(new Link(nodes.getLast(), span.from() - from, span.to() - from));
                }
            }
        }
        drawnAt[length] = drawn;
        partAt = Arrays.copyOf(partAt, drawn + 1);
        partAt[0] = 0;
        partAt[drawn] = length;
        if (nodes.isEmpty()) {
            // Gives an empty line its height and its caret.
            Text space = new Text(" ");
            space.getStyleClass().add("text");
            nodes.add(space);
        }
        getChildren().setAll(nodes);
    }

    private static List<String> styleClasses(Style style, @Nullable String target) {
        List<String> classes = new ArrayList<>();
        if (style.mark()) {
            classes.add("markup");
        }
        if (style.strong()) {
            classes.add("strong");
        }
        if (style.emphasis()) {
            classes.add("emphasis");
        }
        if (style.code()) {
            classes.add("code");
        }
        if (style.image()) {
            classes.add("image");
        }
        if (target != null && !style.mark()) {
            classes.add("link");
        }
        return classes;
    }

    private int drawn(int at) {
        return drawnAt[Math.clamp(at, 0, drawnAt.length - 1)];
    }

    private int part(int drawn) {
        return partAt[Math.clamp(drawn, 0, partAt.length - 1)];
    }

    /** The position in the part at a point, and whether the point is in the first half of the character there. */
    LineHit hit(double x, double y) {
        HitInfo hit = getHitInfo(new Point2D(x, y));
        return new LineHit(part(hit.getInsertionIndex()), hit.isLeading());
    }

    /** @param forward whether a caret at the end of a wrapped row is drawn at the start of the next one */
    PathElement[] caret(int at, boolean forward) {
        int drawn = drawn(at);
        return forward || drawn == 0 ? getCaretShape(drawn, true) : getCaretShape(drawn - 1, false);
    }

    PathElement[] range(int from, int to) {
        return getRangeShape(drawn(from), drawn(to), false);
    }

    PathElement[] underline(int from, int to) {
        return getUnderlineShape(drawn(from), drawn(to));
    }

    List<TextLineInfo> rows() {
        return getLayoutInfo().getTextLines(false);
    }

    /** The index of the row that contains a position. */
    int rowOf(int at, boolean forward) {
        int drawn = drawn(at);
        List<TextLineInfo> rows = rows();
        for (int row = 0; row < rows.size() - 1; row++) {
            int end = rows.get(row).end();
            if (drawn < end || (drawn == end && !forward)) {
                return row;
            }
        }
        return rows.size() - 1;
    }

    int rowStart(int row) {
        return part(rows().get(row).start());
    }

    int rowEnd(int row) {
        return part(rows().get(row).end());
    }

    /** The node of the link at a position; {@code null} if there is none. */
    @Nullable
    Node linkAt(int at) {
        return links.stream()
                .filter(link -> link.from() <= at && at <= link.to())
                .map(Link::node)
                .findFirst()
                .orElse(null);
    }
}
