package dev.tidemark.app.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.tidemark.app.settings.Contrast;
import dev.tidemark.app.settings.Density;
import dev.tidemark.app.settings.Motion;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Fonts;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Stylesheets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/**
 * Applies theme, contrast, text size, density and motion to all windows. Each value comes from the settings. A setting can say
 * that the value of the system applies. Changes the stylesheets of a scene only if they differ. For the JavaFX thread.
 */
public final class ThemeManager {
    private final List<Scene> scenes = new ArrayList<>();
    private final SystemAppearance system;
    private Theme theme = Theme.SYSTEM;
    private Contrast contrast = Contrast.SYSTEM;
    private TextSize size = TextSize.NORMAL;
    private Motion motion = Motion.SYSTEM;
    private Density density = Density.NORMAL;

    public ThemeManager() {
        this(SystemAppearance.ofPlatform());
    }

    ThemeManager(SystemAppearance system) {
        this.system = system;
        Fonts.ALL.forEach(ThemeManager::load);
        system.darkProperty().subscribe(dark -> apply());
        system.highContrastProperty().subscribe(high -> apply());
        system.reducedMotionProperty().subscribe(reduced -> apply());
    }

    private static void load(URL url) {
        try (InputStream in = url.openStream()) {
            if (Font.loadFont(in, 0) == null) {
                throw new IllegalStateException("JavaFX cannot read the font " + url);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Styles a scene now and after every change. */
    public void applyTheme(Scene scene) {
        scenes.add(scene);
        style(scene, stylesheets());
    }

    /** Stops styling a scene. Call this method when the window of the scene is closed. */
    public void removeScene(Scene scene) {
        scenes.remove(scene);
    }

    /** Sets the theme of all windows. */
    public void setTheme(Theme wanted) {
        theme = wanted;
        apply();
    }

    /** Applies the settings to all windows. */
    public void applySettings(Settings settings) {
        theme = settings.get(Setting.THEME);
        contrast = settings.get(Setting.CONTRAST);
        size = settings.get(Setting.TEXT_SIZE);
        motion = settings.get(Setting.MOTION);
        density = settings.get(Setting.LIST_DENSITY);
        apply();
    }

    private void apply() {
        UiScale.use(size.factor(), isMotionReduced());
        String base = isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        if (!base.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        List<String> wanted = stylesheets();
        scenes.forEach(scene -> style(scene, wanted));
    }

    private void style(Scene scene, List<String> wanted) {
        Controls.toggleStyle(scene.getRoot(), Styles.COMPACT, density == Density.COMPACT);
        if (!scene.getStylesheets().equals(wanted)) {
            scene.getStylesheets().setAll(wanted);
        }
    }

    private List<String> stylesheets() {
        String tokens = isContrastHigh()
                ? isDark() ? Stylesheets.DARK_HIGH : Stylesheets.LIGHT_HIGH
                : isDark() ? Stylesheets.DARK : Stylesheets.LIGHT;
        return List.of(tokens, ScaledStyles.main(size.factor()));
    }

    private boolean isDark() {
        return switch (theme) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> system.darkProperty().get();
        };
    }

    private boolean isContrastHigh() {
        return switch (contrast) {
            case NORMAL -> false;
            case HIGH -> true;
            case SYSTEM -> system.highContrastProperty().get();
        };
    }

    private boolean isMotionReduced() {
        return switch (motion) {
            case FULL -> false;
            case REDUCED -> true;
            case SYSTEM -> system.reducedMotionProperty().get();
        };
    }
}
