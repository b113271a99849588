package dev.tidemark.app.list;

import dev.tidemark.resources.Styles;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * Lays out a row. Shortens the chips before it cuts the title. The buttons under the pointer cover the end of the
 * title.
 */
final class ItemLine extends HBox {
    /** The maximum share of the row's width for which the title makes the chips shorter. A longer title is cut. */
    private static final double MAX_TITLE_SHARE = 0.62;

    private static final double GAP = 8;

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
        // The actions take no space, so that nothing moves when the pointer enters the row.
        actions.setManaged(false);
        getStyleClass().add(Styles.ITEM_ROW);
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double available = getWidth()
                - insets.getLeft()
                - insets.getRight()
                - leading.prefWidth(USE_COMPUTED_SIZE)
                - 2 * getSpacing();
        chips.fitTo(available - Math.min(Math.ceil(texts.prefWidth(USE_COMPUTED_SIZE)), available * MAX_TITLE_SHARE));
        super.layoutChildren();
        double width = actions.prefWidth(USE_COMPUTED_SIZE);
        double height = actions.prefHeight(USE_COMPUTED_SIZE);
        double end = chips.getWidth() > 0 ? chips.getLayoutX() - GAP : getWidth() - insets.getRight();
        actions.resizeRelocate(
                snapPositionX(end - width), snapPositionY((getHeight() - height) / 2), snapSizeX(width), height);
    }
}
