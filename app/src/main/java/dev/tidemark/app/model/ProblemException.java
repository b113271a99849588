package dev.tidemark.app.model;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person asked for cannot be done, and nothing was changed. The message is one whole sentence in the
 * person's language that says what to do, from the bundle {@code problems}.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String BUNDLE = "dev.tidemark.resources.problems";

    private final String key;

    /**
     * @param key the key of the sentence in the bundle
     * @param arguments what it is filled with
     */
    public ProblemException(String key, @Nullable Object... arguments) {
        super(text(key, arguments));
        this.key = key;
    }

    /**
     * @param cause what happened beneath; goes to the log only
     * @param key the key of the sentence in the bundle
     * @param arguments what it is filled with
     */
    public ProblemException(Throwable cause, String key, @Nullable Object... arguments) {
        super(text(key, arguments), cause);
        this.key = key;
    }

    /** The key of the sentence, the same in every language. */
    public String key() {
        return key;
    }

    private static String text(String key, @Nullable Object... arguments) {
        String pattern = ResourceBundle.getBundle(BUNDLE).getString(key);
        return new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
