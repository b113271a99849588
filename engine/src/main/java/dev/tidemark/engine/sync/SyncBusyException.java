package dev.tidemark.engine.sync;

/** Another sync of the same database is still running; this one did nothing, and can be tried again. */
public final class SyncBusyException extends SyncException {
    private static final long serialVersionUID = 1L;

    /** @param message a whole sentence */
    public SyncBusyException(String message) {
        super(message);
    }
}
