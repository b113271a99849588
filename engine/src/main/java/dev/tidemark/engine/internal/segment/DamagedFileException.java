package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.TidemarkException;

/** A file of the remote is not what its name says: cut off, changed, or of another library. */
public final class DamagedFileException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String reason;

    public DamagedFileException(String file, String reason) {
        super("The file " + file + " cannot be used: " + reason + ".");
        this.file = file;
        this.reason = reason;
    }

    public DamagedFileException(String file, String reason, Throwable cause) {
        super("The file " + file + " cannot be used: " + reason + ".", cause);
        this.file = file;
        this.reason = reason;
    }

    /** The object's name in the storage. */
    public String file() {
        return file;
    }

    /** What is wrong with it, as the end of a sentence. */
    public String reason() {
        return reason;
    }
}
