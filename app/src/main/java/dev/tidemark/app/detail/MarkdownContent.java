package dev.tidemark.app.detail;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableDoubleValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.paint.Paint;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Draws the lines of a Markdown text below each other, with the caret and the selection. Replaces only the lines that
 * changed. Positions are those in the whole text. For the JavaFX thread.
 */
final class MarkdownContent extends Region {
    private final Owner owner;
    private final List<LineView> views = new ArrayList<>();
    private final Text prompt = new Text();

    /** The position in the text where each line starts. */
    private int[] starts = {0};

    private int caret;
    private int anchor;
    private boolean forward = true;
    private @Nullable LineView revealed;
    private @Nullable LineView caretLine;
    private double minHeight;

    /** The field that shows the text. */
    interface Owner {
        ObservableValue<Paint> highlightFill();

        ObservableValue<Paint> caretFill();

        ObservableDoubleValue caretOpacity();

        void requestTextFocus();

        /** Sets or clears the checkbox at a position of the text. */
        void check(int at, boolean checked);

        /** Receives the size of the text and the bounds of the caret after each layout. */
        void laidOut();
    }

    MarkdownContent(Owner owner) {
        this.owner = owner;
        getStyleClass().add("content");
        prompt.getStyleClass().addAll("text", "prompt");
        prompt.setManaged(false);
        prompt.setMouseTransparent(true);
        getChildren().add(prompt);
        update("", "");
    }

    ObservableValue<Paint> highlightFill() {
        return owner.highlightFill();
    }

    ObservableValue<Paint> caretFill() {
        return owner.caretFill();
    }

    ObservableDoubleValue caretOpacity() {
        return owner.caretOpacity();
    }

    void requestTextFocus() {
        owner.requestTextFocus();
    }

    void check(LineView view, boolean checked) {
        owner.check(starts[views.indexOf(view)] + view.line().box(), checked);
    }

    /**
     * Shows a text.
     *
     * @param promptText the text that is shown if {@code text} is empty
     */
    void update(String text, String promptText) {
        List<MarkdownLine> now = MarkdownLines.of(text);
        int shorter = Math.min(views.size(), now.size());
        int same = 0;
        while (same < shorter && views.get(same).line().equals(now.get(same))) {
            same++;
        }
        int sameEnd = 0;
        while (sameEnd < shorter - same
                && views.get(views.size() - 1 - sameEnd).line().equals(now.get(now.size() - 1 - sameEnd))) {
            sameEnd++;
        }
        int end = views.size() - sameEnd;
        int newEnd = now.size() - sameEnd;
        for (int index = same; index < Math.min(end, newEnd); index++) {
            views.get(index).show(now.get(index));
        }
        if (end > newEnd) {
            getChildren().subList(newEnd, end).clear();
            views.subList(newEnd, end).clear();
        } else if (newEnd > end) {
            List<LineView> added = now.subList(end, newEnd).stream()
                    .map(line -> new LineView(this, line))
                    .toList();
            views.addAll(end, added);
            getChildren().addAll(end, added);
        }
        starts = new int[views.size()];
        for (int index = 1; index < starts.length; index++) {
            starts[index] =
                    starts[index - 1] + views.get(index - 1).line().text().length() + 1;
        }
        prompt.setText(text.isEmpty() ? promptText : "");
        requestLayout();
    }

    /** Moves the caret and the selection. Takes effect with the next layout. */
    void select(int newAnchor, int newCaret, boolean isForward) {
        anchor = newAnchor;
        caret = newCaret;
        forward = isForward;
        requestLayout();
    }

    /**
     * Reveals the marks of the line with the caret.
     *
     * @param wanted whether the user edits the text; otherwise all marks are hidden
     */
    void reveal(boolean wanted) {
        LineView now = wanted ? views.get(lineOf(caret)) : null;
        if (revealed != null && !revealed.equals(now)) {
            revealed.reveal(-1);
        }
        if (now != null) {
            now.reveal(caret - starts[lineOf(caret)]);
        }
        revealed = now;
    }

    int lineOf(int at) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    LineView view(int line) {
        return views.get(line);
    }

    int start(int line) {
        return starts[line];
    }

    private int within(int at, int line) {
        return Math.clamp(at - starts[line], 0, views.get(line).line().text().length());
    }

    /** The height of the visible area. Clicks below the text must reach the text. */
    void fill(double height) {
        if (height != minHeight) {
            minHeight = height;
            requestLayout();
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        double inner = (width < 0 ? getWidth() : width) - snappedLeftInset() - snappedRightInset();
        double sum = snappedTopInset() + snappedBottomInset();
        for (LineView view : views) {
            sum += view.prefHeight(inner);
        }
        return Math.max(sum, minHeight);
    }

    @Override
    protected void layoutChildren() {
        double inner = getWidth() - snappedLeftInset() - snappedRightInset();
        double y = snappedTopInset();
        for (LineView view : views) {
            double height = view.prefHeight(inner);
            // Without the condition, JavaFX would recompute the bounds of every line.
            if (view.getLayoutY() != y || view.getWidth() != inner || view.getHeight() != height) {
                view.resizeRelocate(snappedLeftInset(), y, inner, height);
            }
            y += height;
        }
        // The caret needs the positions of the flows.
        views.forEach(LineView::layout);
        prompt.setWrappingWidth(inner);
        prompt.relocate(snappedLeftInset(), snappedTopInset());
        showSelection();
        owner.laidOut();
    }

    private void showSelection() {
        int from = Math.min(anchor, caret);
        int to = Math.max(anchor, caret);
        for (int line = 0; line < views.size(); line++) {
            views.get(line).select(within(from, line), within(to, line));
        }
        LineView now = views.get(lineOf(caret));
        if (caretLine != null && !caretLine.equals(now)) {
            caretLine.hideCaret();
        }
        now.showCaret(within(caret, lineOf(caret)), forward);
        caretLine = now;
    }

    Bounds caretBounds() {
        return caretLine == null ? new BoundingBox(0, 0, 0, 0) : caretLine.caretBounds();
    }

    private int lineAt(double y) {
        int line = 0;
        while (line < views.size() - 1
                && y >= views.get(line).getLayoutY() + views.get(line).getHeight()) {
            line++;
        }
        return line;
    }

    /** Returns the position at a point of this node. */
    LineHit hit(double x, double y) {
        int line = lineAt(y);
        return views.get(line).hit(new Point2D(x, y)).plus(starts[line]);
    }

    /** Returns the position one row below or above another; the same position if there is no such row. */
    LineHit vertically(int at, boolean isForward, double x, boolean down) {
        int line = lineOf(at);
        int row = views.get(line).rowOf(within(at, line), isForward) + (down ? 1 : -1);
        if (row >= views.get(line).rows()) {
            line++;
            row = 0;
        } else if (row < 0) {
            line--;
            row = line < 0 ? 0 : views.get(line).rows() - 1;
        }
        if (line < 0 || line >= views.size()) {
            return new LineHit(at, isForward);
        }
        return views.get(line).hitInRow(row, x).plus(starts[line]);
    }

    /** Returns the start of the row with a position: the content of the line first, then the marks before it. */
    int rowStart(int at, boolean isForward) {
        int line = lineOf(at);
        LineView view = views.get(line);
        int row = view.rowOf(within(at, line), isForward);
        int start = starts[line] + view.rowStart(row);
        return row == 0 && at <= start ? starts[line] : start;
    }

    int rowEnd(int at, boolean isForward) {
        int line = lineOf(at);
        LineView view = views.get(line);
        return starts[line] + view.rowEnd(view.rowOf(within(at, line), isForward));
    }

    Bounds rangeBounds(int from, int to) {
        int line = lineOf(from);
        return views.get(line).rangeBounds(within(from, line), within(to, line));
    }

    /** The number of the row that contains a position, counted over all lines. */
    int rowOf(int at) {
        int line = lineOf(at);
        int row = views.get(line).rowOf(at - starts[line], true);
        for (int before = 0; before < line; before++) {
            row += views.get(before).rows();
        }
        return row;
    }

    /** The start or the end of a row, counted over all lines; {@code null} if there is no such row. */
    @Nullable
    Integer rowEdge(int row, boolean end) {
        int left = row;
        for (int line = 0; line < views.size(); line++) {
            LineView view = views.get(line);
            if (left < view.rows()) {
                // The marks before the content belong to the first row.
                int within = end ? view.rowEnd(left) : left == 0 ? 0 : view.rowStart(left);
                return starts[line] + within;
            }
            left -= view.rows();
        }
        return null;
    }

    /** The bounds of a range on the screen, one for each line. */
    Bounds[] screenBounds(int from, int to) {
        List<Bounds> found = new ArrayList<>();
        for (int line = lineOf(from); line <= lineOf(to); line++) {
            int start = Math.max(from, starts[line]);
            found.add(localToScreen(rangeBounds(start, to + 1)));
        }
        return found.toArray(Bounds[]::new);
    }

    /** Returns the shape of a range, or of the line below it, in the coordinates of this node. */
    PathElement[] shape(int from, int to, boolean underline) {
        List<PathElement> elements = new ArrayList<>();
        for (int line = lineOf(from); line <= lineOf(to); line++) {
            LineView.Shaped shaped = views.get(line).shape(within(from, line), within(to, line), underline);
            for (PathElement element : shaped.elements()) {
                elements.add(moved(element, shaped.x(), shaped.y()));
            }
        }
        return elements.toArray(PathElement[]::new);
    }

    private static PathElement moved(PathElement element, double x, double y) {
        return switch (element) {
            case MoveTo to -> new MoveTo(to.getX() + x, to.getY() + y);
            case LineTo to -> new LineTo(to.getX() + x, to.getY() + y);
            default -> element;
        };
    }

    /** Shows nodes above the text, such as the underline of a composed text. */
    void addHighlight(List<? extends Node> nodes) {
        nodes.forEach(node -> node.setManaged(false));
        getChildren().addAll(nodes);
    }

    void removeHighlight(List<? extends Node> nodes) {
        getChildren().removeAll(nodes);
    }
}
