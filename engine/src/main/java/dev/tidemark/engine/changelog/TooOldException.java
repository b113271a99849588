package dev.tidemark.engine.changelog;

import dev.tidemark.engine.TidemarkException;

/** Changes were asked for that have been compacted away; start from a snapshot instead. */
public final class TooOldException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public TooOldException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public TooOldException(String message, Throwable cause) {
        super(message, cause);
    }
}
