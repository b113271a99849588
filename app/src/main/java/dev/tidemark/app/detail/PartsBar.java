package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.function.IntConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/**
 * Shows which part of a very long text is open, with buttons for the previous and the next part. Hidden if the text has
 * only one part.
 */
final class PartsBar extends HBox {
    private final Label label = Controls.untruncatedLabel("detail-part", Styles.CAPTION);
    private final Button previous;
    private final Button next;

    /** @param openPart receives -1 to open the previous part and 1 to open the next */
    PartsBar(IntConsumer openPart) {
        setId("detail-parts");
        getStyleClass().add(Styles.PARTS_BAR);
        previous = Controls.iconButton(
                "detail-part-previous",
                Icons.BACK,
                Messages.text(Keys.DETAIL_PART_PREVIOUS),
                () -> openPart.accept(-1));
        next = Controls.iconButton(
                "detail-part-next", Icons.FORWARD, Messages.text(Keys.DETAIL_PART_NEXT), () -> openPart.accept(1));
        previous.getStyleClass().add(Styles.SMALL);
        next.getStyleClass().add(Styles.SMALL);
        Label hint = Controls.styled(new Label(Messages.text(Keys.DETAIL_PART_HINT)), Styles.CAPTION);
        hint.setMinWidth(0);
        getChildren().setAll(previous, label, next, hint);
    }

    void show(TextParts parts) {
        int count = parts.countProperty().get();
        int index = parts.index();
        Controls.show(this, count > 1);
        label.setText(Messages.text(Keys.DETAIL_PART, index + 1, count));
        previous.setDisable(index == 0);
        next.setDisable(index + 1 >= count);
    }
}
