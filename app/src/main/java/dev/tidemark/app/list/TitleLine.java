package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Shows the title of a row and, in the remaining room, the beginning of the body. */
final class TitleLine extends HBox {
    /**
     * The minimum width in pixels at which the beginning of the body is visible. In less room, only a few letters would
     * fit.
     */
    private static final double MIN_SNIPPET = 72;

    private final Label snippet = Controls.styled(new Label(), Styles.ITEM_SNIPPET);

    TitleLine(Region title) {
        super(title);
        getStyleClass().add(Styles.ITEM_FIRST_LINE);
        // The body has no width of its own, because only the width of the title decides how short the chips become.
        snippet.setPrefWidth(0);
        snippet.setMinWidth(0);
        snippet.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(snippet, Priority.ALWAYS);
        Controls.show(snippet, false);
        getChildren().add(snippet);
    }

    /** Shows the beginning of a body. An empty text takes no space. */
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
