package dev.tidemark.app.settings;

/** The effect of closing the main window. */
public enum CloseBehavior {
    /** The program uploads pending changes and exits. */
    QUIT,
    /** Reminders and sync continue without a window. */
    BACKGROUND
}
