package dev.tidemark.app.model;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;

/**
 * Translates errors to sentences in the user's language. The code of an engine problem is a key in the bundle {@code
 * engine}. If the bundle does not have the key, the engine's English text is used. Thread-safe.
 */
public final class ErrorMessages {
    private static final String BUNDLE = "dev.tidemark.resources.engine";

    private ErrorMessages() {}

    /** Returns the sentence for an error of any type. It is never empty. */
    public static String of(Throwable failure) {
        if (!(failure instanceof TidemarkException known)) {
            return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        }
        List<Object> arguments = known.arguments().stream()
                .map(argument -> argument instanceof Problem reason ? of(reason) : argument)
                .toList();
        return Problem.format(of(known.problem()), arguments);
    }

    /** Returns the message pattern of a problem, with placeholders. */
    public static String of(Problem problem) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE);
        return bundle.containsKey(problem.code()) ? bundle.getString(problem.code()) : problem.messageTemplate();
    }
}
