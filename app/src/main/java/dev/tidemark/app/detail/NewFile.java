package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Png;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Something that is to be attached. Immutable.
 *
 * @param name what it is to be called
 * @param store copies its content; may take long
 */
record NewFile(String name, Function<Blobs, BlobId> store) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss", Locale.ROOT);

    static NewFile of(Path file) {
        return new NewFile(Attachment.nameOf(Objects.toString(file.getFileName(), "")), blobs -> blobs.add(file));
    }

    /**
     * A picture that has no file yet, such as one of the screen.
     *
     * @param pixels as {@link Png} wants them
     * @param taken names that are taken already
     */
    static NewFile picture(int[] pixels, int width, int height, LocalDateTime now, Collection<String> taken) {
        String words = Texts.text(Keys.ATTACHMENTS_PICTURE, TIME.format(now));
        String name = words + ".png";
        for (int number = 2; taken.contains(name); number++) {
            name = words + "-" + number + ".png";
        }
        return new NewFile(name, blobs -> blobs.add(new ByteArrayInputStream(Png.of(pixels, width, height))));
    }
}
