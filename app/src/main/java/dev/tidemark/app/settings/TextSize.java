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

    /** Returns the next larger size; for {@link #LARGEST}, the same size. */
    public TextSize larger() {
        return this == NORMAL ? LARGE : LARGEST;
    }

    /** Returns the next smaller size; for {@link #NORMAL}, the same size. */
    public TextSize smaller() {
        return this == LARGEST ? LARGE : NORMAL;
    }
}
