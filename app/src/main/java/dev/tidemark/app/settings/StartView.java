package dev.tidemark.app.settings;

/** The view that the main window shows at startup. */
public enum StartView {
    /** The last view, with the same item selected. */
    LAST,
    INBOX,
    TODAY
}
