package dev.tidemark.app.reminder;

/** Tells the person something while they look elsewhere. Thread-safe. */
@FunctionalInterface
public interface Notifier {
    /**
     * Returns soon.
     *
     * @param heading one line
     * @param line what it is about
     * @param unheard called if the system cannot show it, now or later, on any thread
     */
    void showNotification(String heading, String line, Runnable unheard);
}
