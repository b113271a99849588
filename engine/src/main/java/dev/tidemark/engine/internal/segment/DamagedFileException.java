package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;

/** A file in the storage does not match its name, because it is truncated, changed, or of another library. */
public final class DamagedFileException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Problem reason;

    /** @param reason the problem with the file, whose message is a sentence without placeholders */
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
