package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A row's title and, in the room that it leaves, the beginning of the body. */
final class TitleLine extends HBox {
    /** A snippet with less room, in pixels, is hidden: only a few letters would fit. */
    private static final double MIN_SNIPPET = 72;

    private final Label snippet = Controls.styled(new Label(), Styles.ITEM_SNIPPET);

    TitleLine(Region title) {
        super(title);
        getStyleClass().add(Styles.ITEM_FIRST_LINE);
        // The title's width alone decides how the chips fold.
        snippet.setPrefWidth(0);
        snippet.setMinWidth(0);
        snippet.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(snippet, Priority.ALWAYS);
        Controls.show(snippet, false);
        getChildren().add(snippet);
    }

    /** Shows this snippet; an empty one takes no space. */
    void show(String text) {
        snippet.setText(text);
        WritingDirection.apply(snippet, text);
        Controls.show(snippet, !text.isEmpty());
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (snippet.isManaged()) {
            snippet.setVisible(snippet.getWidth() >= UiScale.scaled(MIN_SNIPPET));
        }
    }
}
