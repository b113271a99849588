package dev.tidemark.app.settings;

/** Whether the app checks for new versions. */
public enum UpdateCheck {
    /** The app sends no request. */
    OFF,
    /** Once a day while a window, or the program in the background, runs. */
    DAILY
}
