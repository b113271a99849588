package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import org.jspecify.annotations.Nullable;

/** Changes were asked for that have been compacted away; start from a snapshot instead. */
public final class ChangelogTruncatedException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ChangelogTruncatedException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ChangelogTruncatedException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
