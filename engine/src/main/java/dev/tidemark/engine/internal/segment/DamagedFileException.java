package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;

/** A file of the remote is not what its name says: cut off, changed, or of another library. */
public final class DamagedFileException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Problem reason;

    /** @param reason what is wrong with it: a sentence without places */
    public DamagedFileException(String file, Problem reason) {
        super(Problem.FILE_DAMAGED, file, reason);
        this.file = file;
        this.reason = reason;
    }

    public DamagedFileException(String file, Problem reason, Throwable cause) {
        super(cause, Problem.FILE_DAMAGED, file, reason);
        this.file = file;
        this.reason = reason;
    }

    public String file() {
        return file;
    }

    public Problem reason() {
        return reason;
    }
}
