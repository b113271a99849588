package dev.tidemark.app.secrets;

/** The location of a secret. */
public enum SecretLocation {
    KEYCHAIN,
    /**
     * The memory of the program, because the secret could not be stored in a keychain. The app asks for the secret
     * again at the next start.
     */
    MEMORY,
    ENVIRONMENT
}
