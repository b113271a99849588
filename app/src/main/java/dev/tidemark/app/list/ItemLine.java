package dev.tidemark.app.list;

import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** Lays out title and chips of a row. Shortens the chips before it cuts the title. */
final class ItemLine extends HBox {
    /** The share of the width that a title can take from the chips. A longer title is cut. */
    private static final double MAX_TITLE_SHARE = 0.62;

    private final Region leading;
    private final Region texts;
    private final ItemChips chips;
    private final Region actions;

    ItemLine(Region leading, Region texts, ItemChips chips, Region actions) {
        super(leading, texts, chips, actions);
        this.leading = leading;
        this.texts = texts;
        this.chips = chips;
        this.actions = actions;
        getStyleClass().add(Styles.ITEM_ROW);
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double available = getWidth()
                - insets.getLeft()
                - insets.getRight()
                - leading.prefWidth(USE_COMPUTED_SIZE)
                - actions.prefWidth(USE_COMPUTED_SIZE)
                - 3 * getSpacing();
        chips.fit(available - Math.min(Math.ceil(texts.prefWidth(USE_COMPUTED_SIZE)), available * MAX_TITLE_SHARE));
        super.layoutChildren();
    }
}
