package dev.tidemark.app.settings;

/** A switch that the app sets itself unless the user does. */
public enum TriState {
    /** The app chooses the value that the server needs. */
    AUTO,
    TRUE,
    FALSE;

    public boolean orElse(boolean otherwise) {
        return this == AUTO ? otherwise : this == TRUE;
    }
}
