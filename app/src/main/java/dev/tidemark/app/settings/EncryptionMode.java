package dev.tidemark.app.settings;

/** Whether what is synced is encrypted on this device before it leaves it. */
public enum EncryptionMode {
    /** It is not. */
    NONE,
    /** It is, in the format of the {@code age} command. */
    AGE
}
