package dev.tidemark.app.print;

import dev.tidemark.resources.Styles;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * Lays out blocks on pages. A block that does not fit continues on the next page, and the break is between lines. All
 * pages share their nodes, so the caller must print each page before it requests the next. For the JavaFX thread.
 */
final class Pages implements Iterator<Region> {
    private static final double FOOT = 28;

    /** The minimum space in points for content below a heading. A heading with less space moves to the next page. */
    private static final double BELOW_HEADING = 48;

    /**
     * A block of printed content, such as a paragraph or a row.
     *
     * @param node creates the node of the block. Called when a page has space
     * @param space the gap above the block in points. A block at the top of a page has no gap
     * @param isHeading whether the block must not end a page
     */
    record Block(Supplier<Region> node, double space, boolean isHeading) {
        /** Creates a block that is not a heading. */
        static Block of(double space, Supplier<Region> node) {
            return new Block(node, space, false);
        }
    }

    private final Iterator<Block> blocks;
    private final String name;
    private final double width;
    private final double height;
    private final Pane sheet = new Pane();
    private @Nullable Block current;
    private @Nullable Region node;
    private double done;
    private int number;

    /**
     * Creates an iterator over the pages.
     *
     * @param name the text at the bottom of each page
     * @param width the width of the printable area in points
     * @param height the height of the printable area in points
     */
    Pages(Iterator<Block> blocks, String name, double width, double height, Iterable<String> stylesheets) {
        this.blocks = blocks;
        this.name = name;
        this.width = width;
        this.height = height;
        sheet.getStyleClass().add(Styles.PAPER);
        Scene scene = new Scene(sheet, width, height);
        stylesheets.forEach(scene.getStylesheets()::add);
    }

    @Override
    public boolean hasNext() {
        return node != null || current != null || blocks.hasNext();
    }

    /** Lays out the next page. The returned node belongs to no window. */
    @Override
    public Region next() {
        if (!hasNext()) {
            throw new NoSuchElementException("No more pages");
        }
        number++;
        sheet.getChildren().clear();
        fill();
        createFoot();
        sheet.applyCss();
        sheet.layout();
        return sheet;
    }

    private void fill() {
        double available = height - FOOT;
        double y = 0;
        while (hasNext()) {
            Block block = current == null ? blocks.next() : current;
            current = block;
            Region shown = node == null ? measured(block) : node;
            node = shown;
            double top = y == 0 || done > 0 ? y : y + block.space();
            double remaining = shown.getHeight() - done;
            boolean isOrphan = block.isHeading() && y > 0 && available - top - remaining < BELOW_HEADING;
            double part =
                    isOrphan ? 0 : remaining <= available - top ? remaining : part(shown, available - top, y == 0);
            if (part <= 0) {
                shown.setVisible(false);
                return;
            }
            place(shown, part, top);
            y = top + part;
            if (part < remaining) {
                done += part;
                return;
            }
            current = null;
            node = null;
            done = 0;
        }
    }

    /**
     * Returns the height of the next part of a block, in points. The part ends within a line only if the line is higher
     * than a page.
     */
    private double part(Region shown, double available, boolean isFirst) {
        double cut = new PageBreaks(shown).last(done, done + available) - done;
        return cut <= 0 && isFirst ? available : cut;
    }

    private Region measured(Block block) {
        Region created = block.node().get();
        // The node may have to wait for the next page. Until then, the pane must not change its layout.
        created.setManaged(false);
        sheet.getChildren().add(created);
        created.applyCss();
        created.resize(width, created.prefHeight(width));
        created.layout();
        // Wrapped text has its final height only after the first layout.
        created.resize(width, created.prefHeight(width));
        created.layout();
        return created;
    }

    private void place(Region shown, double part, double top) {
        shown.setVisible(true);
        Pane window = new Pane(shown);
        window.setManaged(false);
        shown.relocate(0, -done);
        window.setClip(new Rectangle(width, part));
        window.resizeRelocate(0, top, width, part);
        sheet.getChildren().add(window);
    }

    private void createFoot() {
        Label remaining = new Label(name);
        Label right = new Label(Integer.toString(number));
        for (Label label : new Label[] {remaining, right}) {
            label.getStyleClass().add(Styles.PAPER_FOOT);
            sheet.getChildren().add(label);
            label.applyCss();
        }
        double numberWidth = Math.ceil(right.prefWidth(-1));
        double line = Math.ceil(right.prefHeight(-1));
        remaining.setManaged(false);
        right.setManaged(false);
        remaining.resizeRelocate(0, height - line, width - numberWidth - FOOT, line);
        right.resizeRelocate(width - numberWidth, height - line, numberWidth, line);
    }
}
