package dev.tidemark.app.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Fonts;
import dev.tidemark.resources.Stylesheets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** The look of all windows: fonts, base theme, tokens; light, dark, or as the system. For the JavaFX thread. */
public final class Look {
    private final List<Scene> scenes = new ArrayList<>();
    private Theme theme = Theme.SYSTEM;

    /** Loads the fonts. */
    public Look() {
        Fonts.ALL.forEach(Look::load);
        Platform.getPreferences().colorSchemeProperty().subscribe(scheme -> apply());
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

    /** Dresses a window's scene, now and whenever the theme changes. */
    public void dress(Scene scene) {
        scenes.add(scene);
        dressNow(scene);
    }

    /** A window is gone. */
    public void forget(Scene scene) {
        scenes.remove(scene);
    }

    /** Changes the theme of all windows. */
    public void use(Theme wanted) {
        theme = wanted;
        apply();
    }

    private void apply() {
        Application.setUserAgentStylesheet(
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scenes.forEach(this::dressNow);
    }

    private void dressNow(Scene scene) {
        scene.getStylesheets().setAll(isDark() ? Stylesheets.DARK : Stylesheets.LIGHT, Stylesheets.MAIN);
    }

    private boolean isDark() {
        return switch (theme) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }
}
