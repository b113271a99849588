package dev.tidemark.app.launcher;

import dev.tidemark.app.trouble.UncaughtErrors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands what {@link Main} made to the JavaFX application, which JavaFX constructs itself and which therefore cannot be
 * given anything.
 *
 * @param opening opens what the window works on; the launcher closes it
 * @param uncaught what nobody caught
 */
public record WindowHandover(ProfileOpening opening, UncaughtErrors uncaught) {
    private static volatile @Nullable WindowHandover current;

    /** Sets what the next application takes. */
    public static void give(WindowHandover handover) {
        current = handover;
    }

    /** What was given last. */
    public static WindowHandover take() {
        return Objects.requireNonNull(current, "The launcher gives before it starts JavaFX");
    }
}
