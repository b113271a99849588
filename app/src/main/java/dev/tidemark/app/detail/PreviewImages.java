package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import org.jspecify.annotations.Nullable;

/** Shows attached images in a note and caches the decoded images. Downloads an image if necessary. */
final class PreviewImages {
    private static final double WIDEST = 720;
    private static final double EDGE = 2;

    /** The maximum number of pixels in the cache. A pixel takes four bytes. */
    private static final double MAX_PIXELS = 16_000_000;

    /** The maximum height of a printed image in points. */
    private static final double PAPER = 420;

    private static final Set<String> READ = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    private final MarkdownPreview.Host host;
    private final ReadOnlyDoubleProperty width;
    private final Map<BlobId, Image> read = new LinkedHashMap<>(16, 0.75f, true);

    PreviewImages(MarkdownPreview.Host host, ReadOnlyDoubleProperty width) {
        this.host = host;
        this.width = width;
    }

    /** Whether the file name has the extension of a supported image type. */
    static boolean isImage(String name) {
        return READ.contains(ending(name));
    }

    /**
     * Returns an image view. The view is empty until its image is loaded.
     *
     * @param name the name of an attachment, as written in the Markdown
     * @param words the text for screen readers
     * @return {@code null} if no attachment has this name, or its image type is not supported
     */
    @Nullable
    Node of(String name, String words) {
        Attachment attachment = Stream.of(name, decoded(name))
                .flatMap(wanted ->
                        host.attachments().stream().filter(one -> one.name().equals(wanted)))
                .findFirst()
                .orElse(null);
        if (attachment == null || !isImage(attachment.name())) {
            return null;
        }
        ImageView view = Controls.styled(new ImageView(), "preview-image");
        view.setId("preview-image");
        view.setPreserveRatio(true);
        view.setAccessibleText(Messages.text(Keys.DETAIL_PREVIEW_IMAGE, words));
        BlobId content = attachment.content();
        Image known = read.get(content);
        if (known != null) {
            show(view, known);
        } else {
            host.loadImage(attachment, PreviewImages::decoded, image -> {
                keep(content, image);
                show(view, image);
            });
        }
        return view;
    }

    /** Caches an image. If the cache is full, drops the least recently used images, which open views still show. */
    private void keep(BlobId content, Image image) {
        read.put(content, image);
        double pixels = 0;
        for (Image each : read.values()) {
            pixels += each.getWidth() * each.getHeight();
        }
        for (Iterator<Image> oldest = read.values().iterator(); pixels > MAX_PIXELS && oldest.hasNext(); ) {
            Image each = oldest.next();
            pixels -= each.getWidth() * each.getHeight();
            oldest.remove();
        }
    }

    /** The number of cached images. */
    int size() {
        return read.size();
    }

    /** Decodes a picture, scaled down to the resolution of a HiDPI screen. */
    private static Image decoded(DecodableImage picture) {
        double largest = picture.width() > 2 * WIDEST ? 2 * WIDEST : 0;
        return new Image(picture.file().toUri().toString(), largest, 0, true, true);
    }

    /** Shows an image at most as wide as the note. */
    private void show(ImageView view, Image image) {
        view.fitWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(image.getWidth(), Math.max(1, width.get() - EDGE)),
                        width,
                        image.widthProperty()));
        view.setImage(image);
        if (host.isPaper()) {
            view.setFitHeight(Math.min(image.getHeight(), PAPER));
        }
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The name has no valid escape sequence, so the percent sign belongs to the name.
            return name;
        }
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
