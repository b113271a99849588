package dev.tidemark.app.settings;

/** The size of text and controls in the windows. */
public enum TextSize {
    NORMAL(1),
    LARGE(1.2),
    LARGEST(1.4);

    private final double factor;

    TextSize(double factor) {
        this.factor = factor;
    }

    public double factor() {
        return factor;
    }

    /** The next larger size; {@link #LARGEST} stays. */
    public TextSize larger() {
        return this == NORMAL ? LARGE : LARGEST;
    }

    /** The next smaller size; {@link #NORMAL} stays. */
    public TextSize smaller() {
        return this == LARGEST ? LARGE : NORMAL;
    }
}
