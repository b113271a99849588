package dev.tidemark.app.fx;

import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.MapChangeListener;

/**
 * The system's appearance settings, live. For the JavaFX thread.
 *
 * <p>Windows reports high contrast. On Linux, the name of the GTK theme indicates it. macOS does not report it.
 */
final class SystemAppearance {
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final BooleanProperty highContrast = new SimpleBooleanProperty();
    private final BooleanProperty reducedMotion = new SimpleBooleanProperty();

    /** Follows the system of the JavaFX platform. */
    static SystemAppearance ofPlatform() {
        SystemAppearance look = new SystemAppearance();
        Platform.Preferences system = Platform.getPreferences();
        system.colorSchemeProperty().subscribe(scheme -> look.dark.set(scheme == ColorScheme.DARK));
        system.reducedMotionProperty().subscribe(reduced -> look.reducedMotion.set(reduced));
        system.addListener((MapChangeListener<String, Object>) change -> look.highContrast.set(isHighContrast(system)));
        look.highContrast.set(isHighContrast(system));
        return look;
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
