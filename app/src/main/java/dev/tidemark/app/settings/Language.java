package dev.tidemark.app.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of texts, dates and plural forms. */
public enum Language {
    /** The language of the system; English if there is no translation. */
    SYSTEM(null),
    EN(Locale.US),
    DE(Locale.GERMANY);

    private final @Nullable Locale fixed;

    Language(@Nullable Locale fixed) {
        this.fixed = fixed;
    }

    /**
     * Returns the locale of this language in the country of the system. The country decides the first day of the week
     * and the format of numbers and dates.
     *
     * @param system the locale of the system for the same category
     */
    public Locale withRegionOf(Locale system) {
        if (fixed == null || system.getLanguage().equals(fixed.getLanguage())) {
            return system;
        }
        return system.getCountry().isEmpty() ? fixed : Locale.of(fixed.getLanguage(), system.getCountry());
    }

    /**
     * Returns a locale whose weeks begin on the day that users of the language expect. Java derives this day from the
     * country, and uses Sunday for a locale without a country. If the given locale has no country, the weeks of the
     * returned locale begin on Sunday for English, and otherwise on Monday as in ISO 8601.
     */
    public static Locale withFirstDayOfWeek(Locale formats) {
        boolean isKnown =
                !formats.getCountry().isEmpty() || formats.getLanguage().equals(Locale.ENGLISH.getLanguage());
        return isKnown
                ? formats
                : new Locale.Builder()
                        .setLocale(formats)
                        .setUnicodeLocaleKeyword("fw", "mon")
                        .build();
    }
}
