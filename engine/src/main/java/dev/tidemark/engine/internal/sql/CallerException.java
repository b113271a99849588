package dev.tidemark.engine.internal.sql;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a checked exception of a caller's work through the engine. The engine rolls back as on any other exception,
 * and does not mistake an {@link java.sql.SQLException} of the caller for one of its own.
 */
public final class CallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CallerException(Exception thrown) {
        super(null, thrown, true, false);
    }

    /** Work that may throw a checked exception. */
    @FunctionalInterface
    public interface Work<A, T extends @Nullable Object, X extends Exception> {
        T apply(A argument) throws X;
    }

    /** Returns work that throws its checked exceptions inside a {@code CallerException}. */
    public static <A, T extends @Nullable Object> Function<A, T> wrapping(Work<A, T, ?> work) {
        return argument -> {
            try {
                return work.apply(argument);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CallerException(e);
            }
        };
    }

    /**
     * Runs the engine's call, and unwraps an exception of the caller's work.
     *
     * @throws X the exception that the work threw, with later failures as suppressed exceptions
     */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object, X extends Exception> T unwrapping(Supplier<T> run) throws X {
        try {
            return run.get();
        } catch (CallerException e) {
            Throwable thrown = Objects.requireNonNull(e.getCause());
            for (Throwable each : e.getSuppressed()) {
                thrown.addSuppressed(each);
            }
            // The work declares X as its only checked exception.
            throw (X) thrown;
        }
    }
}
