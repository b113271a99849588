package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import org.jspecify.annotations.Nullable;

/** A change was appended whose predecessor is missing; nothing was added. */
public final class ChangelogGapException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ChangelogGapException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ChangelogGapException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
