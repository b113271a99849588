package dev.tidemark.app.fx;

import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.MapChangeListener;

/**
 * Tracks the appearance settings of the system. For the JavaFX thread.
 *
 * <p>Windows reports whether high contrast is on. On Linux, the name of the GTK theme indicates high contrast. macOS
 * does not report high contrast.
 */
final class SystemAppearance {
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final BooleanProperty highContrast = new SimpleBooleanProperty();
    private final BooleanProperty reducedMotion = new SimpleBooleanProperty();

    /** Reads the settings from the JavaFX platform. */
    static SystemAppearance ofPlatform() {
        SystemAppearance appearance = new SystemAppearance();
        Platform.Preferences system = Platform.getPreferences();
        system.colorSchemeProperty().subscribe(scheme -> appearance.dark.set(scheme == ColorScheme.DARK));
        system.reducedMotionProperty().subscribe(reduced -> appearance.reducedMotion.set(reduced));
        system.addListener(
                (MapChangeListener<String, Object>) change -> appearance.highContrast.set(isHighContrast(system)));
        appearance.highContrast.set(isHighContrast(system));
        return appearance;
    }

    private static boolean isHighContrast(Platform.Preferences system) {
        return Boolean.TRUE.equals(system.get("Windows.SPI.HighContrast"))
                || String.valueOf(system.get("GTK.theme_name")).startsWith("HighContrast");
    }

    BooleanProperty darkProperty() {
        return dark;
    }

    BooleanProperty highContrastProperty() {
        return highContrast;
    }

    BooleanProperty reducedMotionProperty() {
        return reducedMotion;
    }
}
