package dev.tidemark.engine.storage;

import dev.tidemark.engine.TidemarkException;

/** A storage failed. The operation may or may not have taken effect, and can be repeated. */
public class StorageException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public StorageException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
