package dev.tidemark.app.fx;

/**
 * The scale and motion setting of the {@link ThemeManager}, for code that sets sizes. Static because JavaFX has one
 * user agent stylesheet for all windows. For the JavaFX thread.
 */
public final class UiScale {
    private static double factor = 1;
    private static boolean motionReduced;

    private UiScale() {}

    static void use(double wantedFactor, boolean isMotionReduced) {
        factor = wantedFactor;
        motionReduced = isMotionReduced;
    }

    /** Scales a length to the text size and rounds to whole pixels. Lengths in stylesheets are scaled separately. */
    public static double scaled(double pixels) {
        return Math.rint(pixels * factor);
    }

    public static double factor() {
        return factor;
    }

    /** Whether changes are shown without animation. */
    public static boolean isMotionReduced() {
        return motionReduced;
    }
}
