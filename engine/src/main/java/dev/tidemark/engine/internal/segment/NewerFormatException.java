package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.TidemarkException;

/** A whole file of the remote that a newer version of the program wrote. */
public final class NewerFormatException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final String file;

    public NewerFormatException(String file, int version) {
        super("The file " + file + " has format version " + version
                + ", which a newer version of this program wrote. Install the newer version to read it.");
        this.file = file;
    }

    /** The object's name in the storage. */
    public String file() {
        return file;
    }
}
