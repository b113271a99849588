package dev.tidemark.app.detail;

import dev.tidemark.app.fx.PngEncoder;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Describes content to attach. Immutable.
 *
 * @param name the file name
 * @param store copies the content to the blob store, which can take long
 */
record NewAttachment(String name, Function<Blobs, BlobId> store) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss", Locale.ROOT);

    static NewAttachment of(Path file) {
        return new NewAttachment(Attachment.nameOf(Objects.toString(file.getFileName(), "")), blobs -> blobs.add(file));
    }

    /**
     * Describes a picture that has no file, such as a screenshot.
     *
     * @param pixels the pixels as {@link PngEncoder#of} expects them
     * @param taken the names that other attachments of the item have
     */
    static NewAttachment picture(int[] pixels, int width, int height, ZonedDateTime now, Collection<String> taken) {
        String words = Messages.text(Keys.ATTACHMENTS_PICTURE, TIME.format(now));
        String name = words + ".png";
        for (int number = 2; taken.contains(name); number++) {
            name = words + "-" + number + ".png";
        }
        return new NewAttachment(
                name, blobs -> blobs.add(new ByteArrayInputStream(PngEncoder.of(pixels, width, height))));
    }
}
