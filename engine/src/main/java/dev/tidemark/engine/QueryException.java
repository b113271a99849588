package dev.tidemark.engine;

/** A statement was refused by SQLite, or its rows could not be read as asked. */
public final class QueryException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public QueryException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public QueryException(String message, Throwable cause) {
        super(message, cause);
    }
}
