package dev.tidemark.app.secrets;

import org.jspecify.annotations.Nullable;

/**
 * Stores the secrets of one profile between starts. Thread-safe. Throws {@link
 * dev.tidemark.app.model.ProblemException}; its message never contains the secret.
 */
public interface SecretStore {
    /** Whether this system has such a place. */
    boolean isAvailable();

    /** A copy, for the caller to wipe; {@code null} if there is none. */
    char @Nullable [] get(Secret secret);

    /**
     * Keeps it in place of the one before. The array is not kept; the caller wipes it.
     *
     * @throws dev.tidemark.app.model.ProblemException if there is no safe place for it
     */
    void put(Secret secret, char[] value);

    /** Forgets it; none is fine. */
    void remove(Secret secret);
}
