package dev.tidemark.app.importing.format;

import java.io.IOException;

/** Reads a source of one format. Stateless. */
interface ImportFormat {
    /** The name in commands and JSON. */
    String id();

    /** The name of the other program in derived ids, which never changes. Formats of one program share it. */
    default String origin() {
        return id();
    }

    /** Whether the source has this format; looks only at names and at the beginning of files. */
    boolean recognises(Source source) throws IOException;

    /**
     * Reads all items.
     *
     * @throws dev.tidemark.app.model.ProblemException if the source is not of this format or exceeds a limit
     * @throws IOException if the source cannot be read
     */
    void read(Source source, ImportBuilder into) throws IOException;
}
