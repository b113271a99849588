package dev.tidemark.app.reminder;

/** Tells the person something while they look elsewhere. Thread-safe. */
@FunctionalInterface
public interface Notifier {
    /**
     * Returns soon. That nothing can be shown is no failure: the window says it, too.
     *
     * @param title one line
     * @param text one line
     */
    void tell(String title, String text);
}
