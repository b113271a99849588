package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;

/** A file in the storage is intact, but a newer version of the program wrote it. */
public final class NewerFormatException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;

    public NewerFormatException(String file, int version) {
        super(Problem.FILE_NEWER_FORMAT, file, version);
        this.file = file;
    }

    public String file() {
        return file;
    }
}
