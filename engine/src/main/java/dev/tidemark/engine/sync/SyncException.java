package dev.tidemark.engine.sync;

import dev.tidemark.engine.TidemarkException;

/** A sync cannot go on until a person decides or mends something; the message says what. */
public class SyncException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public SyncException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public SyncException(String message, Throwable cause) {
        super(message, cause);
    }
}
