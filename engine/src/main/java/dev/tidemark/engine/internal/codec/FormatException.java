package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;

/**
 * Bytes that are not what the format says, as an application hears of them when they come from its own database. Whoever
 * reads files of a remote says instead which file is damaged.
 */
public final class FormatException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param expectation what was expected and what was found, to follow a colon */
    public FormatException(String expectation) {
        super(Problem.DATABASE_DAMAGED, expectation);
    }

    /** @param expectation what was expected and what was found, to follow a colon */
    public FormatException(String expectation, Throwable cause) {
        super(cause, Problem.DATABASE_DAMAGED, expectation);
    }
}
