package dev.tidemark.app.settings;

/** Whether the device encrypts data before upload. */
public enum EncryptionMode {
    /** No encryption. */
    NONE,
    /** Encryption in the format of the {@code age} command. */
    AGE
}
