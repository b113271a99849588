package dev.tidemark.engine.storage;

/** A storage is not to be reached at the moment: no network, no drive. It may be back by itself. */
public final class StorageUnreachableException extends StorageException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public StorageUnreachableException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public StorageUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
