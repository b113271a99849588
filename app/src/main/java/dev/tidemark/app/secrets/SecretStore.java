package dev.tidemark.app.secrets;

import org.jspecify.annotations.Nullable;

/**
 * Stores the secrets of one profile between starts. Thread-safe. If the store fails, its methods throw a {@link
 * dev.tidemark.app.model.ProblemException} whose message never contains the secret.
 */
public interface SecretStore {
    /** Returns whether this system can store secrets. */
    boolean isAvailable();

    /**
     * Returns a copy of a secret; {@code null} if the store does not contain the secret. The caller must wipe the copy.
     */
    char @Nullable [] get(Secret secret);

    /**
     * Stores a secret and replaces its previous value. Copies the array, which the caller must wipe.
     *
     * @throws dev.tidemark.app.model.ProblemException if the store is not available or fails
     */
    void put(Secret secret, char[] value);

    /** Removes a secret. Does nothing if the store does not contain it. */
    void remove(Secret secret);
}
