package dev.tidemark.app.model;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request of the user fails. The message comes from the bundle {@code problems} and states the failure
 * and the remedy in the user's language.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String BUNDLE = "dev.tidemark.resources.problems";

    private final String key;

    public ProblemException(String key, @Nullable Object... arguments) {
        super(text(key, arguments));
        this.key = key;
    }

    /** @param cause the underlying error, which only the log shows */
    public ProblemException(Throwable cause, String key, @Nullable Object... arguments) {
        super(text(key, arguments), cause);
        this.key = key;
    }

    /** Returns the key of the message, which is the same in every language. */
    public String key() {
        return key;
    }

    private static String text(String key, @Nullable Object... arguments) {
        String pattern = ResourceBundle.getBundle(BUNDLE).getString(key);
        return new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
