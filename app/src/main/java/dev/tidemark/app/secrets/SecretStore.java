package dev.tidemark.app.secrets;

import org.jspecify.annotations.Nullable;

/**
 * Stores the secrets of one profile between starts. Thread-safe. Throws {@link
 * dev.tidemark.app.model.ProblemException}; its message never contains the secret.
 */
public interface SecretStore {
    /** Whether this system can store secrets. */
    boolean isAvailable();

    /** A copy, which the caller wipes; {@code null} if the store does not contain the secret. */
    char @Nullable [] get(Secret secret);

    /**
     * Stores a secret and replaces the previous value. Copies the array; the caller wipes it.
     *
     * @throws dev.tidemark.app.model.ProblemException if the store is not available or fails
     */
    void put(Secret secret, char[] value);

    /** Removes a secret. Does nothing if the store does not contain it. */
    void remove(Secret secret);
}
