package dev.tidemark.app.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of the texts; dates and plural forms follow it. */
public enum Language {
    /** As the system has it; English where there is no other. */
    SYSTEM(null),
    EN(Locale.US),
    DE(Locale.GERMANY);

    private final @Nullable Locale usual;

    Language(@Nullable Locale usual) {
        this.usual = usual;
    }

    /**
     * How this is spoken where the system is: in its country, which says when weeks begin and how numbers and dates are written.
     *
     * @param system what the system has for the same purpose
     */
    public Locale spokenIn(Locale system) {
        if (usual == null || system.getLanguage().equals(usual.getLanguage())) {
            return system;
        }
        return system.getCountry().isEmpty() ? usual : Locale.of(usual.getLanguage(), system.getCountry());
    }
}
