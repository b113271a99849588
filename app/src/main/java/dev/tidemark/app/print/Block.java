package dev.tidemark.app.print;

import java.util.function.Supplier;
import javafx.scene.layout.Region;

/**
 * A block of printed content, such as a paragraph or a row. Immutable.
 *
 * @param node makes it, once there is a page for it
 * @param space what is left free above it, in points, unless a page begins with it
 * @param isHeading whether it must not be the last of a page
 */
record Block(Supplier<Region> node, double space, boolean isHeading) {
    /** One that is no heading. */
    static Block of(double space, Supplier<Region> node) {
        return new Block(node, space, false);
    }
}
