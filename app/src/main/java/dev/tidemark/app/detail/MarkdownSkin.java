package dev.tidemark.app.detail;

import java.text.BreakIterator;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableDoubleValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.layout.Region;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.jspecify.annotations.Nullable;

/**
 * Draws the text of a {@link BodyArea} as Markdown. The text, undo, keys, input methods, clipboard and context menu stay
 * those of {@code TextArea}. The skin replaces the drawn text, and every position that depends on it. For the JavaFX
 * thread.
 */
final class MarkdownSkin extends TextAreaSkin implements MarkdownContent.Owner {
    private final BodyArea area;
    private final ScrollPane scroll;

    /** The text as {@code TextAreaSkin} draws it. It is in no scene, so it is never laid out. */
    private final Region plain;

    private final MarkdownContent content;
    private final DoubleProperty blinking = new SimpleDoubleProperty(1);

    /** Where the caret wants to be in rows of other lengths; negative if the caret did not move vertically. */
    private double wantedX = -1;

    private final MarkdownMouse mouse;
    private @Nullable Bounds shownCaret;

    MarkdownSkin(BodyArea area) {
        super(area);
        this.area = area;
        scroll = (ScrollPane) getChildren().getFirst();
        plain = (Region) scroll.getContent();
        bindBlinking();
        content = new MarkdownContent(this);
        scroll.setContent(content);
        scroll.setFitToWidth(true);
        registerInvalidationListener(area.textProperty(), changed -> update());
        registerInvalidationListener(area.promptTextProperty(), changed -> update());
        registerInvalidationListener(area.caretPositionProperty(), changed -> moved());
        registerInvalidationListener(area.selectionProperty(), changed -> select());
        registerInvalidationListener(area.focusedProperty(), changed -> reveal());
        registerInvalidationListener(forwardBiasProperty(), changed -> select());
        registerInvalidationListener(
                scroll.viewportBoundsProperty(),
                changed -> content.fill(scroll.getViewportBounds().getHeight()));
        mouse = new MarkdownMouse(area, this, content);
        update();
    }

    /** Takes the blinking from the caret that {@code TextAreaSkin} would draw. Without it, the caret shows the focus. */
    private void bindBlinking() {
        DoubleBinding focused = Bindings.when(area.focusedProperty()).then(1.0).otherwise(0.0);
        ObservableDoubleValue caret = plain.getChildrenUnmodifiable().stream()
                .filter(child ->
                        child instanceof Path && child.opacityProperty().isBound())
                .map(Node::opacityProperty)
                .findFirst()
                .map(ObservableDoubleValue.class::cast)
                .orElse(focused);
        blinking.bind(caret);
    }

    @Override
    public ObservableValue<Paint> highlightFill() {
        return highlightFillProperty();
    }

    @Override
    public ObservableValue<Paint> caretFill() {
        return textFillProperty();
    }

    @Override
    public ObservableDoubleValue caretOpacity() {
        return blinking;
    }

    @Override
    public void requestTextFocus() {
        area.requestFocus();
    }

    @Override
    public void check(int at, boolean checked) {
        area.check(at, checked);
    }

    private void update() {
        content.update(area.textProperty().getValueSafe(), area.getPromptText());
        select();
    }

    private void moved() {
        wantedX = -1;
        select();
    }

    private void select() {
        content.select(area.getAnchor(), area.getCaretPosition(), isForwardBias());
        reveal();
    }

    /** While the mouse is pressed, the text must not move below it. */
    void reveal() {
        if (!mouse.isPressed()) {
            content.reveal(area.isFocused());
        }
    }

    @Override
    public void laidOut() {
        // TextAreaSkin computes the scroll position from the size of its own text.
        plain.resize(content.getWidth(), content.getHeight());
        Bounds now = content.caretBounds();
        if (!now.equals(shownCaret)) {
            shownCaret = now;
            scrollTo(now);
        }
    }

    private void scrollTo(Bounds bounds) {
        double height = scroll.getViewportBounds().getHeight();
        if (height <= 0) {
            return;
        }
        double top = area.getScrollTop();
        if (bounds.getMinY() < top) {
            area.setScrollTop(bounds.getMinY() <= content.snappedTopInset() + 1 ? 0 : bounds.getMinY());
        } else if (bounds.getMaxY() > top + height) {
            area.setScrollTop(bounds.getMaxY() - height);
        }
    }

    /** Moves the caret, or the end of the selection. */
    void moveTo(LineHit hit, boolean select) {
        if (select) {
            area.selectPositionCaret(hit.at());
        } else {
            area.positionCaret(hit.at());
        }
        setForwardBias(hit.forward());
    }

    /** Opens the menu of the link at a position. Returns {@code false} if there is no link. */
    boolean follow(int at) {
        int line = content.lineOf(at);
        LineView view = content.view(line);
        int within = at - content.start(line);
        String target = view.line().targetAt(within);
        Node link = view.linkAt(within);
        if (target == null || link == null) {
            return false;
        }
        area.follow(link, target);
        return true;
    }

    /** Sets or clears the checkbox of the line at a position. Returns {@code false} if the line has none. */
    boolean toggle(int at) {
        int line = content.lineOf(at);
        MarkdownLine shown = content.view(line).line();
        if (shown.isTask()) {
            area.check(content.start(line) + shown.box(), shown.marker() == MarkdownLine.Marker.OPEN_BOX);
        }
        return shown.isTask();
    }

    /** Whether the line at a position belongs to a block of code. */
    boolean isCode(int at) {
        MarkdownLine.Block block = content.view(content.lineOf(at)).line().block();
        return block == MarkdownLine.Block.CODE || block == MarkdownLine.Block.FENCE;
    }

    /** The position at a point of the field. */
    int indexAt(double x, double y) {
        Point2D point = content.sceneToLocal(area.localToScene(x, y));
        return content.hit(point.getX(), point.getY()).at();
    }

    @Override
    public void moveCaret(TextUnit unit, Direction direction, boolean select) {
        content.layout();
        switch (unit) {
            case CHARACTER -> moveVisually(direction == Direction.RIGHT);
            case LINE -> moveInLines(direction, select);
            case PAGE -> moveByPage(direction == Direction.DOWN, select);
            // These depend on the text only.
            case WORD, PARAGRAPH -> super.moveCaret(unit, direction, select);
        }
    }

    private double wantedX() {
        return wantedX >= 0 ? wantedX : content.caretBounds().getMaxX();
    }

    private void moveInLines(Direction direction, boolean select) {
        int at = area.getCaretPosition();
        switch (direction) {
            case UP, DOWN -> {
                double x = wantedX();
                moveTo(content.vertically(at, isForwardBias(), x, direction == Direction.DOWN), select);
                wantedX = x;
            }
            case BEGINNING -> moveTo(new LineHit(content.rowStart(at, isForwardBias()), true), select);
            case END -> moveTo(new LineHit(content.rowEnd(at, isForwardBias()), false), select);
            default -> throw new IllegalArgumentException(direction.toString());
        }
    }

    private void moveByPage(boolean down, boolean select) {
        double x = wantedX();
        double by =
                scroll.getViewportBounds().getHeight() - content.caretBounds().getHeight();
        double y = content.caretBounds().getCenterY() + (down ? by : -by);
        moveTo(content.hit(x, Math.clamp(y, 0, content.getHeight())), select);
        wantedX = x;
    }

    /**
     * Moves the caret to the left or right in a text with both writing directions: to the nearest position of the row in
     * that direction, or else to the next row.
     */
    private void moveVisually(boolean right) {
        int at = area.getCaretPosition();
        int line = content.lineOf(at);
        int start = content.start(line);
        String text = content.view(line).line().text();
        Bounds now = content.caretBounds();
        BreakIterator characters = BreakIterator.getCharacterInstance();
        characters.setText(text);
        int nearest = -1;
        double distance = Double.MAX_VALUE;
        for (int index = 0; index != BreakIterator.DONE; index = characters.next()) {
            Bounds bounds = content.rangeBounds(start + index, start + index);
            double moved = (bounds.getCenterX() - now.getCenterX()) * (right ? 1 : -1);
            boolean isSameRow = bounds.getMinY() < now.getMaxY() && bounds.getMaxY() > now.getMinY();
            if (isSameRow && moved > 0.5 && moved < distance) {
                distance = moved;
                nearest = start + index;
            }
        }
        if (nearest >= 0) {
            moveTo(new LineHit(nearest, true), false);
        } else if (right) {
            area.forward();
        } else {
            area.backward();
        }
    }

    @Override
    protected PathElement[] getUnderlineShape(int start, int end) {
        content.layout();
        return content.shape(start, end, true);
    }

    @Override
    protected PathElement[] getRangeShape(int start, int end) {
        content.layout();
        return content.shape(start, end, false);
    }

    @Override
    protected void addHighlight(List<? extends Node> nodes, int start) {
        content.addHighlight(nodes);
    }

    @Override
    protected void removeHighlight(List<? extends Node> nodes) {
        content.removeHighlight(nodes);
    }

    private Bounds inArea(Bounds bounds) {
        return area.sceneToLocal(content.localToScene(bounds));
    }

    @Override
    public Bounds getCaretBounds() {
        return inArea(content.caretBounds());
    }

    @Override
    public Point2D getMenuPosition() {
        Bounds bounds = getCaretBounds();
        return new Point2D(Math.max(0, bounds.getMinX()), Math.clamp(bounds.getMaxY(), 0, area.getHeight()));
    }

    @Override
    public Rectangle2D getCharacterBounds(int index) {
        content.layout();
        Bounds bounds = inArea(content.rangeBounds(index, index + 1));
        return new Rectangle2D(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
    }

    @Override
    protected int getInsertionPoint(double x, double y) {
        return indexAt(x, y);
    }

    @Override
    protected void scrollCharacterToVisible(int index) {
        content.layout();
        scrollTo(content.rangeBounds(index, index + 1));
    }

    @Override
    protected @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case LINE_FOR_OFFSET -> content.rowOf((Integer) parameters[0]);
            case LINE_START -> content.rowEdge((Integer) parameters[0], false);
            case LINE_END -> content.rowEdge((Integer) parameters[0], true);
            case BOUNDS_FOR_RANGE -> content.screenBounds((Integer) parameters[0], (Integer) parameters[1]);
            case OFFSET_AT_POINT -> {
                Point2D point = content.screenToLocal((Point2D) parameters[0]);
                yield point == null
                        ? null
                        : content.hit(point.getX(), point.getY()).at();
            }
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
