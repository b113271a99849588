package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;

/** A newer version of the program wrote this intact file of the storage. */
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
