package dev.tidemark.engine;

/** The database could not be opened; nothing was changed. The message says what to do. */
public final class DatabaseOpenException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public DatabaseOpenException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public DatabaseOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
