package dev.tidemark.app.settings;

/** What the main window shows when the program starts. */
public enum StartView {
    /** What it showed last, with the same item selected. */
    LAST,
    INBOX,
    TODAY
}
