package dev.tidemark.app.importing.format;

import java.io.IOException;

/** Reads a source of one format. Stateless. */
interface ImportFormat {
    /** Returns the format's name in commands and JSON. */
    String id();

    /**
     * Returns the name of the other program in derived ids. It never changes. Formats of the same program have the same
     * name.
     */
    default String origin() {
        return id();
    }

    /** Whether the source seems to have this format, by names and the contents of few files. */
    boolean recognises(Source source) throws IOException;

    /**
     * Reads all items.
     *
     * @throws dev.tidemark.app.model.ProblemException if the source is not of this format or exceeds a limit
     * @throws IOException if the source cannot be read
     */
    void read(Source source, ImportBuilder into) throws IOException;
}
