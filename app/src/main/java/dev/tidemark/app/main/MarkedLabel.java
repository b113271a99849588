package dev.tidemark.app.main;

import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A line of text in which words can be marked. The marks lie behind the text, which is cut where it has no room as any label is. */
final class MarkedLabel extends Region {
    private static final double OVER = 1;

    private final Label label = new Label();
    private List<Highlights.Range> ranges = List.of();

    MarkedLabel() {
        label.setMinWidth(0);
        getChildren().add(label);
        setMinWidth(0);
    }

    /** The text itself. */
    Label label() {
        return label;
    }

    /** Shows the text, with these words marked. */
    void show(String text, List<String> words) {
        label.setText(text);
        ranges = words.isEmpty() ? List.of() : Highlights.of(text, words);
        getChildren().setAll(label);
        for (int index = 0; index < ranges.size(); index++) {
            Region mark = new Region();
            mark.getStyleClass().add(Styles.SEARCH_MARK);
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
        double top = (getHeight() - label.prefHeight(-1)) / 2;
        boolean cut = width(label.getText()) > getWidth() + OVER;
        double room = cut ? getWidth() - width(label.getEllipsisString()) : getWidth();
        for (int index = 0; index < ranges.size(); index++) {
            Highlights.Range range = ranges.get(index);
            double from = width(label.getText().substring(0, range.start()));
            double to = width(label.getText().substring(0, range.end()));
            double end = Math.min(to + OVER, room);
            Node mark = getChildren().get(index);
            mark.setVisible(from < room);
            mark.resizeRelocate(from - OVER, top, Math.max(0, end - from + OVER), label.prefHeight(-1));
        }
        setClip(ranges.isEmpty() ? null : new Rectangle(-OVER, 0, getWidth() + 2 * OVER, getHeight()));
    }

    private double width(String text) {
        Text measured = new Text(text);
        measured.setFont(label.getFont());
        return measured.getLayoutBounds().getWidth();
    }
}
