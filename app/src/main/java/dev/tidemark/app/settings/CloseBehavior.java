package dev.tidemark.app.settings;

/** What closing the main window does. */
public enum CloseBehavior {
    /** The program uploads pending changes and exits. */
    QUIT,
    /** Reminders and sync continue without a window. */
    BACKGROUND
}
