package dev.tidemark.engine.changelog;

import dev.tidemark.engine.TidemarkException;

/** A change was appended whose predecessor is missing; nothing was added. */
public final class ChangelogGapException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public ChangelogGapException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public ChangelogGapException(String message, Throwable cause) {
        super(message, cause);
    }
}
