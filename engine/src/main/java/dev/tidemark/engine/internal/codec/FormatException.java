package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;

/**
 * Thrown if bytes do not follow the format. Code that reads files of a storage catches this exception and names the
 * damaged file. So applications receive it only for their own database, as {@link Problem#DATABASE_DAMAGED}.
 */
public final class FormatException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /** @param expectation the expected and the found content; the message contains it after a colon */
    public FormatException(String expectation) {
        super(Problem.DATABASE_DAMAGED, expectation);
    }

    public FormatException(String expectation, Throwable cause) {
        super(cause, Problem.DATABASE_DAMAGED, expectation);
    }
}
