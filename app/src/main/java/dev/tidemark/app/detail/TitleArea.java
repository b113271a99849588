package dev.tidemark.app.detail;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;

/** The title: one line of text, shown on as many as it needs. */
final class TitleArea extends TextArea {
    private static final double SPARE = 2;

    private final Text measure = new Text();

    /** @param next called on Enter */
    TitleArea(Runnable next) {
        setId("detail-title");
        getStyleClass().add(Styles.DETAIL_TITLE);
        setWrapText(true);
        setPrefRowCount(1);
        setPromptText(Texts.text(Keys.DETAIL_TITLE_PROMPT));
        setAccessibleText(Texts.text(Keys.DETAIL_TITLE));
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
            } else if (event.getCode() == KeyCode.TAB) {
                // A title has no tabs, and whoever has only a keyboard wants to go on.
                event.consume();
                requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            }
        });
    }

    private void fit() {
        String text = getText();
        measure.setText(text == null || text.isEmpty() ? " " : text);
        measure.setWrappingWidth(Math.max(1, getWidth() - SPARE));
        setPrefHeight(Math.ceil(measure.getLayoutBounds().getHeight()) + SPARE);
    }
}
