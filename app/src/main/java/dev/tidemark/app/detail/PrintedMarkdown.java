package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.model.Attachment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.image.Image;
import javafx.scene.layout.Region;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** Renders Markdown for print, one block at a time, with the code of the preview. */
public final class PrintedMarkdown {
    private PrintedMarkdown() {}

    /**
     * A block of the text.
     *
     * @param isHeading whether the block must be on the same page as the next block
     * @param node creates the node of the block. Call it on the JavaFX thread
     */
    public record Piece(boolean isHeading, Supplier<Region> node) {}

    /** Whether the attachment is a supported image. */
    public static boolean isImage(Attachment attachment) {
        return PreviewImages.isImage(attachment.name());
    }

    /**
     * Splits a text into blocks. Thread-safe.
     *
     * @param images the decodable images among the attachments
     */
    public static List<Piece> of(String markdown, Map<Attachment, DecodableImage> images) {
        List<Piece> pieces = new ArrayList<>();
        for (Node block = MarkdownPreview.parse(markdown).getFirstChild(); block != null; block = block.getNext()) {
            Node piece = block;
            pieces.add(new Piece(piece instanceof Heading, () -> {
                MarkdownPreview shown = new MarkdownPreview(new OnPaper(images));
                shown.show(piece, markdown);
                return shown;
            }));
        }
        return pieces;
    }

    private record OnPaper(Map<Attachment, DecodableImage> images) implements MarkdownPreview.Host {
        @Override
        public Collection<Attachment> attachments() {
            return images.keySet();
        }

        @Override
        public void loadImage(Attachment attachment, Function<DecodableImage, Image> decode, Consumer<Image> here) {
            DecodableImage picture = images.get(attachment);
            if (picture != null) {
                here.accept(decode.apply(picture));
            }
        }

        @Override
        public boolean isPaper() {
            return true;
        }
    }
}
