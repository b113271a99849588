package dev.tidemark.app.secrets;

/** The location of a secret. */
public enum SecretPlace {
    KEYCHAIN,
    /** Memory, until the program ends, because this system has no keychain. The app asks again at the next start. */
    MEMORY,
    ENVIRONMENT
}
