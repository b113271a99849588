package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;

/** A whole file of the remote that a newer version of the program wrote. */
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
