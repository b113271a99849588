package dev.tidemark.app.detail;

import dev.tidemark.app.detail.MarkdownLine.Marker;
import dev.tidemark.app.detail.MarkdownLine.Span;
import dev.tidemark.app.detail.MarkdownLine.Style;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.jspecify.annotations.Nullable;

/**
 * Draws one line of the editor: on the left the mark of a list, quote or heading, beside it the wrapped content. Hides
 * marks unless they are revealed. For the JavaFX thread.
 */
final class LineView extends Region {
    private static final double INDENT = 24;
    private static final double BOX = 16;
    private static final double GAP = 6;
    private static final int HEIGHTS = 3;
    private static final Style MARK = new Style(true, false, false, false, false);

    private final Path selection = new Path();
    private final Path caret = new Path();
    private final LineFlow content = new LineFlow();

    /** The revealed mark; {@code null} if it is not revealed. */
    private @Nullable LineFlow prefix;

    /** The bullet, number or checkbox that is drawn instead of a mark. */
    private @Nullable Node marker;

    private final MarkdownContent owner;
    private MarkdownLine line;
    private boolean marksRevealed;
    private boolean prefixRevealed;

    /** The last computed heights. The scroll pane asks for several widths in turn, with and without its scroll bar. */
    private final double[] knownWidths = new double[HEIGHTS];

    private final double[] knownHeights = new double[HEIGHTS];
    private int lastKnown;

    LineView(MarkdownContent owner, MarkdownLine line) {
        this.owner = owner;
        this.line = line;
        selection.setManaged(false);
        selection.setStroke(null);
        selection.setVisible(false);
        selection.fillProperty().bind(owner.highlightFill());
        caret.setManaged(false);
        caret.setVisible(false);
        caret.setMouseTransparent(true);
        selection.setMouseTransparent(true);
        caret.setStrokeWidth(1);
        caret.strokeProperty().bind(owner.caretFill());
        caret.opacityProperty().bind(owner.caretOpacity());
        draw();
    }

    MarkdownLine line() {
        return line;
    }

    void show(MarkdownLine wanted) {
        if (!line.equals(wanted)) {
            line = wanted;
            draw();
        }
    }

    /**
     * Reveals the marks that the caret needs.
     *
     * @param at the caret's position in this line; negative if the caret is elsewhere
     */
    void reveal(int at) {
        boolean marks = at >= 0;
        boolean wholePrefix = marks && line.prefix() > 0 && (line.isHeading() || at < line.prefix());
        if (marks != marksRevealed || wholePrefix != prefixRevealed) {
            marksRevealed = marks;
            prefixRevealed = wholePrefix;
            draw();
        }
    }

    private void draw() {
        getStyleClass().setAll(styleClasses());
        // Without the marks, because the x of a ticked box is a letter.
        WritingDirection.apply(this, line.text().substring(line.prefix()));
        content.show(line.text(), line.prefix(), line.spans(), marksRevealed);
        prefix = null;
        marker = null;
        List<Node> nodes = new ArrayList<>(List.of(selection, content));
        if (prefixRevealed) {
            LineFlow revealed = new LineFlow();
            String marks = line.text().substring(0, line.prefix());
            revealed.show(marks, 0, List.of(new Span(0, marks.length(), MARK, null)), true);
            prefix = revealed;
            nodes.add(revealed);
        } else {
            Node drawn = createMarker();
            if (drawn != null) {
                marker = drawn;
                nodes.add(drawn);
            }
        }
        nodes.add(caret);
        getChildren().setAll(nodes);
        requestLayout();
    }

    private List<String> styleClasses() {
        List<String> classes = new ArrayList<>(List.of("markdown-line"));
        switch (line.block()) {
            case HEADING_1 -> classes.add("heading-1");
            case HEADING_2 -> classes.add("heading-2");
            case HEADING_3 -> classes.add("heading-3");
            case CODE, FENCE -> classes.add("code-line");
            case RULE -> classes.add(marksRevealed ? "rule-mark" : "rule-line");
            case TEXT -> {
                // Has no style of its own.
            }
        }
        if (line.quotes() > 0) {
            classes.add("quote-line");
        }
        if (line.marker() == Marker.CHECKED_BOX) {
            classes.add("checked-line");
        }
        return classes;
    }

    private @Nullable Node createMarker() {
        return switch (line.marker()) {
            case NONE, CONTINUED -> null;
            case BULLET -> mark("•");
            case NUMBER -> mark(line.text().substring(0, line.prefix()).strip());
            case OPEN_BOX, CHECKED_BOX -> createBox();
        };
    }

    private static LineFlow mark(String words) {
        LineFlow flow = new LineFlow();
        flow.show(words, 0, List.of(new Span(0, words.length(), MARK, null)), true);
        return flow;
    }

    /** Creates a checkbox that never takes the focus from the text. */
    private CheckBox createBox() {
        CheckBox box = new CheckBox() {
            @Override
            public void requestFocus() {
                owner.requestTextFocus();
            }
        };
        box.getStyleClass().addAll(Styles.TICK, Styles.TASK);
        box.setFocusTraversable(false);
        box.setSelected(line.marker() == Marker.CHECKED_BOX);
        box.setAccessibleText(line.text().substring(line.prefix()));
        box.setOnAction(event -> owner.check(this, box.isSelected()));
        return box;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    /** The width of one level of a list. */
    private static double step() {
        return UiScale.scaled(INDENT);
    }

    private double indent() {
        double listed = line.marker() == Marker.NONE ? 0 : (line.depth() + 1) * step();
        double drawn = marker == null || line.isTask()
                ? 0
                : line.depth() * step() + marker.prefWidth(-1) + UiScale.scaled(GAP);
        return Math.max(Math.max(listed, drawn), prefix == null ? 0 : prefix.prefWidth(-1));
    }

    @Override
    public void requestLayout() {
        forgetHeights();
        super.requestLayout();
    }

    @SuppressWarnings("ConstantValue") // The constructor of the superclass calls this before the fields are set.
    private void forgetHeights() {
        if (knownWidths != null) {
            Arrays.fill(knownWidths, -1);
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        for (int index = 0; index < HEIGHTS; index++) {
            if (knownWidths[index] == width) {
                return knownHeights[index];
            }
        }
        double inner = width - snappedLeftInset() - snappedRightInset() - indent();
        lastKnown = (lastKnown + 1) % HEIGHTS;
        knownWidths[lastKnown] = width;
        knownHeights[lastKnown] =
                snappedTopInset() + snappedBottomInset() + content.prefHeight(Math.max(step(), inner));
        return knownHeights[lastKnown];
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double indent = indent();
        double inner = Math.max(step(), getWidth() - left - snappedRightInset() - indent);
        content.resizeRelocate(left + indent, top, inner, content.prefHeight(inner));
        if (prefix != null) {
            double width = prefix.prefWidth(-1);
            prefix.resizeRelocate(left + indent - width, top, width, prefix.prefHeight(width));
        } else if (marker != null) {
            double x = left + line.depth() * step();
            if (line.isTask()) {
                double row = content.rows().getFirst().bounds().getHeight();
                double size = UiScale.scaled(BOX);
                marker.resizeRelocate(x, Math.rint(top + (row - size) / 2), size, size);
            } else {
                double width = marker.prefWidth(-1);
                marker.resizeRelocate(x, top, width, marker.prefHeight(width));
            }
        }
    }

    /** Returns the flow that draws a position. */
    private LineFlow flow(int at) {
        return prefix != null && at < line.prefix() ? prefix : content;
    }

    private int within(LineFlow flow, int at) {
        return flow.equals(content) ? Math.max(0, at - line.prefix()) : at;
    }

    private int position(LineFlow flow, int within) {
        return flow.equals(content) ? within + line.prefix() : within;
    }

    LineHit hit(Point2D parentPoint) {
        Point2D point = parentToLocal(parentPoint);
        boolean isPrefix = prefix != null && point.getX() < content.getLayoutX();
        LineFlow flow = isPrefix && prefix != null ? prefix : content;
        Point2D inner = flow.parentToLocal(point);
        LineHit hit = flow.hit(inner.getX(), Math.clamp(inner.getY(), 0, Math.max(0, flow.getHeight() - 1)));
        return hit.plus(position(flow, 0));
    }

    private void place(Path path, LineFlow flow, PathElement[] shape) {
        path.getElements().setAll(shape);
        path.setLayoutX(flow.getLayoutX());
        path.setLayoutY(flow.getLayoutY());
    }

    void showCaret(int at, boolean forward) {
        LineFlow flow = flow(at);
        place(caret, flow, flow.caret(within(flow, at), forward));
        caret.setVisible(true);
    }

    void hideCaret() {
        caret.setVisible(false);
    }

    /** The bounds of the caret in the coordinates of the parent. */
    Bounds caretBounds() {
        Bounds inner = caret.getLayoutBounds();
        return localToParent(caret.localToParent(inner));
    }

    /** Draws the selection between two positions. If they are equal, hides it. */
    void select(int from, int to) {
        boolean isSelected = from < to;
        if (isSelected) {
            place(selection, content, range(from, to));
        }
        selection.setVisible(isSelected);
    }

    private PathElement[] range(int from, int to) {
        return content.range(within(content, from), within(content, to));
    }

    /** Returns the bounds of a range in the coordinates of the parent. */
    Bounds rangeBounds(int from, int to) {
        LineFlow flow = flow(from);
        Path shape = new Path(flow.range(within(flow, from), within(flow, to)));
        if (shape.getElements().isEmpty()) {
            shape.getElements().setAll(flow.caret(within(flow, from), true));
        } else {
            // A shape without a fill or a stroke has no bounds.
            shape.setFill(Color.BLACK);
            shape.setStroke(null);
        }
        Bounds bounds = shape.getLayoutBounds();
        return localToParent(flow.localToParent(bounds));
    }

    /** Returns the shape of a range, or of a line below it, and the offset of the shape in the parent. */
    Shaped shape(int from, int to, boolean underline) {
        int first = within(content, from);
        int last = within(content, to);
        return new Shaped(
                List.of(underline ? content.underline(first, last) : content.range(first, last)),
                getLayoutX() + content.getLayoutX(),
                getLayoutY() + content.getLayoutY());
    }

    /**
     * A shape in the coordinates of a line.
     *
     * @param x the offset from the text, in pixels
     * @param y the offset from the text, in pixels
     */
    record Shaped(List<PathElement> elements, double x, double y) {}

    int rows() {
        return content.rows().size();
    }

    int rowOf(int at, boolean forward) {
        return content.rowOf(within(content, at), forward);
    }

    int rowStart(int row) {
        return position(content, content.rowStart(row));
    }

    int rowEnd(int row) {
        return position(content, content.rowEnd(row));
    }

    /** Returns the position in a row below or above the caret. */
    LineHit hitInRow(int row, double parentX) {
        Bounds bounds = localToParent(getLayoutBounds());
        Point2D local = parentToLocal(parentX, bounds.getMinY());
        var info = content.rows().get(row).bounds();
        return content.hit(local.getX() - content.getLayoutX(), info.getMinY() + info.getHeight() / 2)
                .plus(line.prefix());
    }

    @Nullable
    Node linkAt(int at) {
        return at < line.prefix() ? null : content.linkAt(at - line.prefix());
    }
}
