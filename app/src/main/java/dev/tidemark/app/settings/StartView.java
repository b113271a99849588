package dev.tidemark.app.settings;

/** The view that the main window opens with. */
public enum StartView {
    /** The last view, with the same item selected. */
    LAST,
    INBOX,
    TODAY
}
