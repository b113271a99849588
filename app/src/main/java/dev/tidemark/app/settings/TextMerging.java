package dev.tidemark.app.settings;

/** Whether edits of different passages of one text are shown merged. */
public enum TextMerging {
    /** The later version is shown, and a user resolves the conflict. */
    OFF,
    ON
}
