package dev.tidemark.app.list;

import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** Lays out a row's line: the chips fold before the title is cut. */
final class ItemLine extends HBox {
    /** The width up to which a title pushes the chips; a longer title is cut, and list and date keep the rest. */
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
