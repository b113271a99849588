package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.SettingsFile;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this process speak the language of a profile's settings. */
final class LanguageSetup {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageSetup.class);

    private LanguageSetup() {}

    /** To be called once, before the first text is looked up. Settings that cannot be read are told of by what needs them. */
    static void use(SettingsFile settings) {
        Language chosen;
        try {
            chosen = settings.language();
        } catch (ProblemException e) {
            LOG.warn("The language is that of the system, as the settings do not tell another", e);
            return;
        }
        Locale texts = chosen.spokenIn(Locale.getDefault(Locale.Category.DISPLAY));
        Locale formats = chosen.spokenIn(Locale.getDefault(Locale.Category.FORMAT));
        if (chosen != Language.SYSTEM) {
            Locale.setDefault(texts);
            Locale.setDefault(Locale.Category.FORMAT, formats);
        }
    }
}
