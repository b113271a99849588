package dev.tidemark.app.reminder;

/** Shows notifications outside of the window. Thread-safe. */
@FunctionalInterface
public interface Notifier {
    /**
     * Shows a notification. Does not wait until the notification appears.
     *
     * @param heading the heading, in one line
     * @param line the title of the item
     * @param notShown called if the system cannot show the notification, on any thread
     */
    void showNotification(String heading, String line, Runnable notShown);
}
