package dev.tidemark.app.settings;

/** What happens when the main window is closed. */
public enum CloseBehavior {
    /** The program ends, after sending what was changed last. */
    QUIT,
    /** Reminders and sync go on without a window, until it is opened again. */
    BACKGROUND
}
