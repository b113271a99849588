package dev.tidemark.app.settings;

/** Whether the app checks for new versions. */
public enum UpdateCheck {
    /** The app sends no request. */
    OFF,
    /** The app checks once a day, even while it runs in the background. */
    DAILY
}
