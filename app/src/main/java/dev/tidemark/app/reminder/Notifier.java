package dev.tidemark.app.reminder;

/** Tells the person something while they look elsewhere. Thread-safe. */
@FunctionalInterface
public interface Notifier {
    /**
     * Returns soon. That nothing can be shown is no failure: the window says it, too.
     *
     * @param heading one line
     * @param line what it is about
     */
    void tell(String heading, String line);
}
