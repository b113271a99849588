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
}
