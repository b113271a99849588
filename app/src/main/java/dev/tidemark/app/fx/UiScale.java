package dev.tidemark.app.fx;

/**
 * Holds the scale and motion setting of the {@link ThemeManager} for code that sets sizes. Static, because all windows
 * share one user agent stylesheet in JavaFX. For the JavaFX thread.
 */
public final class UiScale {
    private static double factor = 1;
    private static boolean motionReduced;

    private UiScale() {}

    static void use(double wantedFactor, boolean isMotionReduced) {
        factor = wantedFactor;
        motionReduced = isMotionReduced;
    }

    /**
     * Multiplies a length by the scale and rounds the product to whole pixels. Use it for lengths in code. {@link
     * ScaledStyles} scales the lengths in stylesheets.
     */
    public static double scaled(double pixels) {
        return Math.rint(pixels * factor);
    }

    public static double factor() {
        return factor;
    }

    /** Whether changes appear without animation. */
    public static boolean isMotionReduced() {
        return motionReduced;
    }
}
