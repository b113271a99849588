package dev.tidemark.engine;

/** A transaction could not be begun or committed, or was used where it must not be; nothing was changed. */
public final class TransactionException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public TransactionException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public TransactionException(String message, Throwable cause) {
        super(message, cause);
    }
}
