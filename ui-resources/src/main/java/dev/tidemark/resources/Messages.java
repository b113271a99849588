package dev.tidemark.resources;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Formats the texts of the window in the user's language. This is German, or English for all other locales.
 * Thread-safe.
 */
public final class Messages {
    private static final String BUNDLE = "dev.tidemark.resources.messages";

    private Messages() {}

    /**
     * Formats the text of a key in the default locale.
     *
     * @param key one of {@link Keys}
     * @throws java.util.MissingResourceException if the key does not exist
     */
    public static String text(String key, Object... arguments) {
        Locale locale = Locale.getDefault();
        return new MessageFormat(bundle(locale).getString(key), locale).format(arguments);
    }

    /**
     * Returns the bundle of a locale. A language other than German gets the English bundle, even on a German system.
     */
    static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
