package dev.tidemark.app.model;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;

/**
 * What went wrong, as a sentence in the person's language. The engine's problems come with a code, which is the key in the
 * bundle {@code engine}; what the bundle lacks is said in the engine's own English. Thread-safe.
 */
public final class ErrorMessages {
    private static final String BUNDLE = "dev.tidemark.resources.engine";

    private ErrorMessages() {}

    /** The sentence for a failure of any kind; never empty. */
    public static String of(Throwable failure) {
        if (!(failure instanceof TidemarkException known)) {
            return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        }
        List<Object> arguments = known.arguments().stream()
                .map(argument -> argument instanceof Problem reason ? of(reason) : argument)
                .toList();
        return Problem.format(of(known.problem()), arguments);
    }

    /** The sentence of a problem, with its places. */
    public static String of(Problem problem) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE);
        return bundle.containsKey(problem.code()) ? bundle.getString(problem.code()) : problem.messageTemplate();
    }
}
