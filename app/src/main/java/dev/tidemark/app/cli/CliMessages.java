package dev.tidemark.app.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Looks up the texts of the commands in the user's language. */
final class CliMessages {
    /** The name of the resource bundle. Picocli reads the help texts from the same bundle. */
    static final String BUNDLE = "dev.tidemark.resources.cli";

    private CliMessages() {}

    static boolean has(String key) {
        return ResourceBundle.getBundle(BUNDLE).containsKey(key);
    }

    static String get(String key, @Nullable Object... arguments) {
        String pattern = ResourceBundle.getBundle(BUNDLE).getString(key);
        return new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
