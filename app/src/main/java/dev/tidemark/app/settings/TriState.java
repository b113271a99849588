package dev.tidemark.app.settings;

/** A switch that the app sets unless the user has set it. */
public enum TriState {
    /** The app chooses the value that the server needs. */
    AUTO,
    TRUE,
    FALSE;

    public boolean orElse(boolean otherwise) {
        return this == AUTO ? otherwise : this == TRUE;
    }
}
