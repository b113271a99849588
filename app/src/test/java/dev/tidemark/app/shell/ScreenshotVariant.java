package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import java.nio.file.Path;
import java.util.Locale;

/** The themes, text sizes and languages of screenshots. */
enum ScreenshotVariant {
    LIGHT(Theme.LIGHT, TextSize.NORMAL, Locale.ENGLISH),
    DARK(Theme.DARK, TextSize.NORMAL, Locale.ENGLISH),
    GERMAN(Theme.LIGHT, TextSize.NORMAL, Locale.GERMAN),
    LARGE(Theme.LIGHT, TextSize.LARGE, Locale.ENGLISH),
    LARGEST(Theme.DARK, TextSize.LARGEST, Locale.ENGLISH);

    private final Theme theme;
    private final TextSize size;
    private final Locale locale;

    ScreenshotVariant(Theme theme, TextSize size, Locale locale) {
        this.theme = theme;
        this.size = size;
        this.locale = locale;
    }

    /** Opens a window that looks so. The language stays until {@link KeptLanguage} sets it back. */
    OpenWindow open(Path profile) throws Exception {
        Locale.setDefault(locale);
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.set(Setting.TEXT_SIZE, size.name().toLowerCase(Locale.ROOT));
        }
        return OpenWindow.on(profile, theme);
    }

    /** The name of the picture of a page. */
    String picture(String page, int width) {
        return page + "_" + this + "_" + width;
    }

    /** Ends the names of its pictures. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
