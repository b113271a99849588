package dev.tidemark.app.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of texts, dates and plural forms. */
public enum Language {
    /** The language of the system; English if there is no translation. */
    SYSTEM(null),
    EN(Locale.US),
    DE(Locale.GERMANY);

    private final @Nullable Locale usual;

    Language(@Nullable Locale usual) {
        this.usual = usual;
    }

    /**
     * Returns the locale of this language in the country of the system. The country decides the first day of the week
     * and the format of numbers and dates.
     *
     * @param system the locale of the system for the same category
     */
    public Locale withRegionOf(Locale system) {
        if (usual == null || system.getLanguage().equals(usual.getLanguage())) {
            return system;
        }
        return system.getCountry().isEmpty() ? usual : Locale.of(usual.getLanguage(), system.getCountry());
    }
}
