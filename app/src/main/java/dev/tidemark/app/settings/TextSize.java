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

    /** How many times as large as usual. */
    public double factor() {
        return factor;
    }

    /** The next larger one; the largest stays. */
    public TextSize larger() {
        return this == NORMAL ? LARGE : LARGEST;
    }

    /** The next smaller one; the usual one stays. */
    public TextSize smaller() {
        return this == LARGEST ? LARGE : NORMAL;
    }
}
