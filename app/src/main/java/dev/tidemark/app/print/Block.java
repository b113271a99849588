package dev.tidemark.app.print;

import java.util.function.Supplier;
import javafx.scene.layout.Region;

/**
 * A block of printed content, such as a paragraph or a row. Immutable.
 *
 * @param node creates the block's node; called when a page has room for it
 * @param space the gap above the block, in points; omitted at the top of a page
 * @param isHeading whether the block must not end a page
 */
record Block(Supplier<Region> node, double space, boolean isHeading) {
    /** Creates a block that is no heading. */
    static Block of(double space, Supplier<Region> node) {
        return new Block(node, space, false);
    }
}
