package dev.tidemark.app.model;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that an import attaches to an item.
 *
 * @param name the file name as the source has it
 * @param content opens the content, each time from its beginning
 */
public record ImportedFile(String name, Content content) {
    /** Opens the content; the caller closes it. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
