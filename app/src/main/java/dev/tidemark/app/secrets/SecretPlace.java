package dev.tidemark.app.secrets;

/** The storage of a secret. */
public enum SecretPlace {
    /** The keychain of the system. */
    KEYCHAIN,
    /** In memory, until the program ends: this system has no keychain. It is asked for at the next start. */
    MEMORY,
    /** An environment variable of this process gives it. */
    ENVIRONMENT
}
