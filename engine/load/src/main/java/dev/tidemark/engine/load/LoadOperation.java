package dev.tidemark.engine.load;

import java.util.Locale;

/** An operation of a worker on a document. Immutable. */
public enum LoadOperation {
    /** Reads a document, and checks that it is as the worker last wrote it. */
    READ,
    /** Adds a document. */
    CREATE,
    /** Changes the text of a document. */
    UPDATE,
    /** Removes a document. */
    DELETE;

    /** Returns the operation's name in mixes, JSON and CSV. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
