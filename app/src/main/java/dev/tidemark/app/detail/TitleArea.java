package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Bounds;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;

/** Edits the title. The title has no line breaks, but the field wraps a long title. */
final class TitleArea extends TextArea {
    private static final double SLACK = 2;

    /** The maximum height in lines. A longer title scrolls, so that the rest of the item stays visible. */
    private static final int MAX_LINES = 5;

    /** The maximum number of characters that are measured. That many suffice for the maximum height. */
    private static final int MEASURED = 1000;

    private final Text measure = new Text();

    /** @param next called when the user presses Enter */
    TitleArea(Runnable next) {
        setId("detail-title");
        getStyleClass().add(Styles.DETAIL_TITLE);
        setPrefRowCount(1);
        setPromptText(Messages.text(Keys.DETAIL_TITLE_PROMPT));
        Controls.name(this, Messages.text(Keys.DETAIL_TITLE));
        setMinHeight(USE_PREF_SIZE);
        setMaxHeight(USE_PREF_SIZE);
        measure.fontProperty().bind(fontProperty());
        textProperty().subscribe(this::fit);
        widthProperty().subscribe(this::fit);
        fontProperty().subscribe(this::fit);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                next.run();
            }
        });
        Controls.traverseFocusWithTab(this);
    }

    private void fit() {
        String text = getText() == null ? "" : getText();
        RtlWrapWorkaround.apply(this);
        WritingDirection.apply(this, text);
        measure.setWrappingWidth(0);
        measure.setText(" ");
        Bounds line = measure.getLayoutBounds();
        measure.setWrappingWidth(isWrapText() ? Math.max(1, getWidth() - SLACK) : 0);
        measure.setText(text.isEmpty() ? " " : text.substring(0, Math.min(MEASURED, text.length())));
        // JavaFX rounds ascent and descent up only in a layout that comes from its cache.
        double lineHeight = Math.ceil(-line.getMinY()) + Math.ceil(line.getMaxY());
        long lines = Math.round(measure.getLayoutBounds().getHeight() / line.getHeight());
        setPrefHeight(Math.clamp(lines, 1, MAX_LINES) * lineHeight + SLACK);
    }
}
