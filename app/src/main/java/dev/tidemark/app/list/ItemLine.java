package dev.tidemark.app.list;

import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The line of a row: before its title is cut, the chips beside it are folded. */
final class ItemLine extends HBox {
    /** A title that would need more has to be cut in any case; list and date are worth the rest. */
    private static final double MOST_OF_TITLE = 0.62;

    private final Region lead;
    private final Region texts;
    private final ItemChips chips;
    private final Region actions;

    ItemLine(Region lead, Region texts, ItemChips chips, Region actions) {
        super(lead, texts, chips, actions);
        this.lead = lead;
        this.texts = texts;
        this.chips = chips;
        this.actions = actions;
        getStyleClass().add(Styles.ITEM_ROW);
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double room = getWidth()
                - insets.getLeft()
                - insets.getRight()
                - lead.prefWidth(USE_COMPUTED_SIZE)
                - actions.prefWidth(USE_COMPUTED_SIZE)
                - 3 * getSpacing();
        chips.fit(room - Math.min(Math.ceil(texts.prefWidth(USE_COMPUTED_SIZE)), room * MOST_OF_TITLE));
        super.layoutChildren();
    }
}
