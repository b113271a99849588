package dev.tidemark.bench;

/**
 * The target of a figure.
 *
 * @param atLeast whether the figure must be at least the limit; else at most
 * @param limit the limit
 */
record Reach(boolean atLeast, double limit) {
    /** More is better. */
    public static Reach atLeast(double limit) {
        return new Reach(true, limit);
    }

    /** Less is better. */
    public static Reach atMost(double limit) {
        return new Reach(false, limit);
    }

    /** Whether this number will do. */
    public boolean isReachedBy(double number) {
        return atLeast ? number >= limit : number <= limit;
    }

    @Override
    public String toString() {
        return (atLeast ? "≥ " : "≤ ") + Figure.text(limit);
    }
}
