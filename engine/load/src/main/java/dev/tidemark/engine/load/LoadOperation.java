package dev.tidemark.engine.load;

import java.util.Locale;

/** What a worker of a load test does with a document. Immutable. */
public enum LoadOperation {
    /** Reads one, and checks that it is as this worker left it. */
    READ,
    /** Adds one. */
    CREATE,
    /** Gives one another text. */
    UPDATE,
    /** Removes one. */
    DELETE;

    /** Its name in mixes, JSON and CSV. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
