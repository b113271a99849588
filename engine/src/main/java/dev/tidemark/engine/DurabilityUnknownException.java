package dev.tidemark.engine;

/** The commit is in the file, but its fsync failed, so whether it survives a power cut is unknown. Close the database and check the disk. */
public final class DurabilityUnknownException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public DurabilityUnknownException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public DurabilityUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
