package dev.tidemark.app.settings;

/** Whether to look for new versions. */
public enum UpdateCheck {
    /** Nobody is asked. */
    OFF,
    /** Once a day while a window, or the program in the background, runs. */
    DAILY
}
