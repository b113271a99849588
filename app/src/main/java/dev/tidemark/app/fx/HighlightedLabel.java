package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** Shows one line of text and marks the searched words in it. Cuts text that does not fit, like any label. */
public final class HighlightedLabel extends Region {
    private static final double OVER = 1;

    private final Label label = new Label();
    private List<SearchHighlights.Range> ranges = List.of();

    public HighlightedLabel() {
        label.setMinWidth(0);
        getChildren().add(label);
        setMinWidth(0);
    }

    /** Returns the label, for its style. */
    public Label label() {
        return label;
    }

    /** Shows a text, and marks the words in it. */
    public void show(String text, List<String> words) {
        label.setText(text);
        WritingDirection.apply(label, text);
        ranges = words.isEmpty() ? List.of() : SearchHighlights.of(text, words);
        Controls.fill(getChildren(), List.of(label));
        for (int index = 0; index < ranges.size(); index++) {
            Region mark = Controls.styled(new Region(), Styles.SEARCH_MARK);
            mark.setMouseTransparent(true);
            getChildren().add(0, mark);
        }
        requestLayout();
    }

    @Override
    protected double computePrefWidth(double height) {
        return label.prefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return label.prefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        label.resizeRelocate(0, 0, getWidth(), getHeight());
        label.layout();
        for (int index = 0; index < ranges.size(); index++) {
            Bounds bounds = bounds(ranges.get(index));
            Node mark = getChildren().get(index);
            mark.setVisible(bounds != null);
            if (bounds != null) {
                mark.resizeRelocate(
                        bounds.getMinX() - OVER, bounds.getMinY(), bounds.getWidth() + 2 * OVER, bounds.getHeight());
            }
        }
        setClip(ranges.isEmpty() ? null : new Rectangle(-OVER, 0, getWidth() + 2 * OVER, getHeight()));
    }

    /**
     * Returns the bounds of a mark; {@code null} if the label cuts off the marked text. Handles text that is cut or
     * right-to-left.
     */
    private @Nullable Bounds bounds(SearchHighlights.Range range) {
        if (!(label.lookup(".text") instanceof Text drawn)) {
            return null;
        }
        boolean isCut = !drawn.getText().equals(label.getText());
        int seen = drawn.getText().length() - (isCut ? label.getEllipsisString().length() : 0);
        if (range.start() >= seen) {
            return null;
        }
        Path shape = new Path(drawn.rangeShape(range.start(), Math.min(range.end(), seen)));
        shape.setStroke(null);
        shape.setFill(Color.BLACK);
        return label.localToParent(drawn.localToParent(mirrored(drawn, shape.getBoundsInLocal())));
    }

    /** Mirrors bounds in right-to-left text. There, JavaFX counts from the right but does not mirror the text node. */
    private static Bounds mirrored(Text drawn, Bounds bounds) {
        if (drawn.getEffectiveNodeOrientation() != NodeOrientation.RIGHT_TO_LEFT) {
            return bounds;
        }
        Bounds text = drawn.getLayoutBounds();
        return new BoundingBox(
                text.getMinX() + text.getMaxX() - bounds.getMaxX(),
                bounds.getMinY(),
                bounds.getWidth(),
                bounds.getHeight());
    }
}
