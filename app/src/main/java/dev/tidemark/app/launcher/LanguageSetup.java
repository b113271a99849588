package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.SettingsFile;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the locale of the process to the language in a profile's settings. */
final class LanguageSetup {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageSetup.class);

    private LanguageSetup() {}

    /**
     * Call it once, before the first message is read. Only logs that settings are unreadable, because later code
     * reports this to the user.
     */
    static void use(SettingsFile settings) {
        Language language;
        try {
            language = settings.language();
        } catch (ProblemException e) {
            LOG.warn("The language setting cannot be read; the app uses the system language", e);
            return;
        }
        Locale texts = language.withRegionOf(Locale.getDefault(Locale.Category.DISPLAY));
        Locale formats = Language.withFirstDayOfWeek(language.withRegionOf(Locale.getDefault(Locale.Category.FORMAT)));
        if (language != Language.SYSTEM) {
            Locale.setDefault(texts);
        }
        Locale.setDefault(Locale.Category.FORMAT, formats);
    }
}
