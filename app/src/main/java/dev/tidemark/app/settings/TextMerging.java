package dev.tidemark.app.settings;

/** Whether the app merges concurrent edits of different passages of a text. */
public enum TextMerging {
    /** The app shows the winning version, and the user resolves the conflict. */
    OFF,
    ON
}
