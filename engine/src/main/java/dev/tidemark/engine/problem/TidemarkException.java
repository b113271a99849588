package dev.tidemark.engine.problem;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of the engine. The message is an English sentence; {@link #problem()} and {@link
 * #arguments()} contain the same information for programs, for instance to translate the message.
 */
public class TidemarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final List<Object> arguments;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order; all but numbers and problems are stored as text
     */
    public TidemarkException(Problem problem, @Nullable Object... arguments) {
        this(problem, immutableArguments(arguments), null);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order; all but numbers and problems are stored as text
     */
    public TidemarkException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        this(problem, immutableArguments(arguments), cause);
    }

    private TidemarkException(Problem problem, List<Object> arguments, @Nullable Throwable cause) {
        super(Problem.format(problem.messageTemplate(), arguments), cause);
        this.problem = problem;
        this.arguments = arguments;
    }

    private static List<Object> immutableArguments(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(TidemarkException::immutableArguments)
                .toList();
    }

    private static Object immutableArguments(@Nullable Object argument) {
        return argument instanceof Long || argument instanceof Integer || argument instanceof Problem
                ? argument
                : String.valueOf(argument);
    }

    /** The problem. */
    public final Problem problem() {
        return problem;
    }

    /** The code of {@link #problem()}, which is the same in every version. */
    public final String code() {
        return problem.code();
    }

    /**
     * The values of the message's placeholders in order, as an unmodifiable list. Each is a {@link String}, an {@link
     * Integer}, a {@link Long} or a {@link Problem} without placeholders. They contain no secret, and only as much user
     * content as the message needs.
     */
    public final List<Object> arguments() {
        return arguments;
    }
}
