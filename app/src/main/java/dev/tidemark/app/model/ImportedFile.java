package dev.tidemark.app.model;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that an import attaches to an item.
 *
 * @param name the file name as the source has it
 * @param content opens the content, from its beginning each time
 */
public record ImportedFile(String name, Content content) {
    /** Opens the content. The caller closes the stream. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
