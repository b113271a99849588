package dev.tidemark.app.reminder;

/** Shows a notification outside of the window. Thread-safe. */
@FunctionalInterface
public interface Notifier {
    /**
     * Shows a notification; returns at once.
     *
     * @param heading one line
     * @param line the item's title
     * @param notShown called, on any thread, if the system cannot show it
     */
    void showNotification(String heading, String line, Runnable notShown);
}
