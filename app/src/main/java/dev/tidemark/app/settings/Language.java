package dev.tidemark.app.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of the texts; dates and plural forms follow it. */
public enum Language {
    /** Follows the system; English if the system's language has no translation. */
    SYSTEM(null),
    EN(Locale.US),
    DE(Locale.GERMANY);

    private final @Nullable Locale usual;

    Language(@Nullable Locale usual) {
        this.usual = usual;
    }

    /**
     * The locale of this language in the system's country, which decides the first day of the week and the format of
     * numbers and dates.
     *
     * @param system the system's locale for the same purpose
     */
    public Locale withRegionOf(Locale system) {
        if (usual == null || system.getLanguage().equals(usual.getLanguage())) {
            return system;
        }
        return system.getCountry().isEmpty() ? usual : Locale.of(usual.getLanguage(), system.getCountry());
    }

    /**
     * A locale whose weeks begin on the day that users of the language expect. Java knows this day for a country only,
     * and takes Sunday for a locale that has none. Weeks of such a locale begin on Monday as in ISO 8601, of English on
     * Sunday.
     */
    public static Locale withFirstDayOfWeek(Locale formats) {
        boolean isKnown = !formats.getCountry().isEmpty() || formats.getLanguage().equals(Locale.ENGLISH.getLanguage());
        return isKnown
                ? formats
                : new Locale.Builder()
                        .setLocale(formats)
                        .setUnicodeLocaleKeyword("fw", "mon")
                        .build();
    }
}
