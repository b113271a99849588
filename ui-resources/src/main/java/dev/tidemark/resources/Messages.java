package dev.tidemark.resources;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of the window in the user's language: German or, for every other locale, English. Thread-safe. */
public final class Messages {
    private static final String BUNDLE = "dev.tidemark.resources.messages";

    private Messages() {}

    /**
     * The text of this key in the default locale, filled with the arguments.
     *
     * @param key one of {@link Keys}
     * @throws java.util.MissingResourceException if there is no such key
     */
    public static String text(String key, Object... arguments) {
        Locale locale = Locale.getDefault();
        return new MessageFormat(bundle(locale).getString(key), locale).format(arguments);
    }

    /** The bundle of a locale. Languages other than German get English, whatever the system's default locale is. */
    static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
