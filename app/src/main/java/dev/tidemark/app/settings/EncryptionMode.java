package dev.tidemark.app.settings;

/** Whether the device encrypts data before upload. */
public enum EncryptionMode {
    NONE,
    /** The format of the {@code age} command. */
    AGE
}
