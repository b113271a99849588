package dev.tidemark.app.fx;

/**
 * What code that draws has to know of the {@link ThemeManager}, which is one for all windows as JavaFX's own base theme is. For the
 * JavaFX thread.
 */
public final class UiScale {
    private static double factor = 1;
    private static boolean motionReduced;

    private UiScale() {}

    static void use(double wantedFactor, boolean isMotionReduced) {
        factor = wantedFactor;
        motionReduced = isMotionReduced;
    }

    /** A length of the usual size in the size that is wanted, in whole pixels. Stylesheets are scaled without this. */
    public static double scaled(double pixels) {
        return Math.rint(pixels * factor);
    }

    /** How many times as large as usual everything is. */
    public static double factor() {
        return factor;
    }

    /** Whether things appear where they belong, without moving there. */
    public static boolean isMotionReduced() {
        return motionReduced;
    }
}
