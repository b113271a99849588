package dev.tidemark.engine;

/** The root of everything the engine throws on its own account. Messages are whole sentences that say what happened. */
public class TidemarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public TidemarkException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public TidemarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
