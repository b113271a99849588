package dev.tidemark.engine.storage;

/** There is no object of that name in the storage. */
public final class ObjectMissingException extends StorageException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public ObjectMissingException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public ObjectMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
