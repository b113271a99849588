package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;

/** Signals a file in the storage that does not match its name: it is truncated, changed, or of another library. */
public final class DamagedFileException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Problem reason;

    /** @param reason what is wrong with the file: a sentence without placeholders */
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
