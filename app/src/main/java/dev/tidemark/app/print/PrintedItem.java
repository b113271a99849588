package dev.tidemark.app.print;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.detail.PrintedMarkdown;
import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.print.Pages.Block;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Creates the blocks of a printed item: title, fields on one line, body and names of attachments. Immutable.
 *
 * @param images the attachments to print as pictures
 */
record PrintedItem(Item item, List<Attachment> attached, Map<Attachment, DecodableImage> images) {
    private static final double BETWEEN_ITEMS = 28;
    private static final double PARAGRAPH = 8;

    /** The title of the item, or a placeholder. */
    String name() {
        return item.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : item.title();
    }

    /** Creates the blocks of the item from top to bottom. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(() -> PrintedRow.textFlow(name(), Styles.PAPER_TITLE), BETWEEN_ITEMS, true));
        String about = about();
        if (!about.isEmpty()) {
            blocks.add(Block.of(2, () -> PrintedRow.textFlow(about, Styles.PAPER_META)));
        }
        double[] space = {PARAGRAPH * 2};
        for (PrintedMarkdown.Piece piece : PrintedMarkdown.of(item.body(), images)) {
            blocks.add(new Block(piece.node(), space[0], piece.isHeading()));
            space[0] = PARAGRAPH;
        }
        if (!attached.isEmpty()) {
            String names = attached.stream().map(Attachment::name).collect(Collectors.joining(", "));
            blocks.add(Block.of(
                    PARAGRAPH * 2,
                    () -> PrintedRow.textFlow(Messages.text(Keys.PRINT_ATTACHED, names), Styles.PAPER_META)));
        }
        return blocks;
    }

    private String about() {
        List<String> parts = new ArrayList<>();
        if (item.done()) {
            parts.add(Messages.text(Keys.DETAIL_DONE));
        }
        Due due = item.due();
        if (due != null) {
            parts.add(PrintedRow.format(due));
            if (due.repeat() != null) {
                parts.add(RepeatFormat.of(due.repeat()));
            }
        }
        if (item.priority() != Priority.NONE) {
            parts.add(Messages.text(PriorityFormat.key(item.priority())));
        }
        if (item.list() != null) {
            parts.add(item.list());
        }
        item.tags().forEach(tag -> parts.add("#" + tag));
        return String.join("  ·  ", parts);
    }
}
