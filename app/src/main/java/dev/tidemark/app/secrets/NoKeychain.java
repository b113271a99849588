package dev.tidemark.app.secrets;

import dev.tidemark.app.model.ProblemException;
import org.jspecify.annotations.Nullable;

/** Replaces the keychain on systems that have none. Contains no secrets. Storing a secret fails. */
public final class NoKeychain implements SecretStore {
    @Override
    public boolean isAvailable() {
        return false;
    }

    @Override
    public char @Nullable [] get(Secret secret) {
        return null;
    }

    @Override
    public void put(Secret secret, char[] value) {
        throw new ProblemException(
                "secret.noKeychain", secret.text(), secret.variable().orElse(""));
    }

    @Override
    public void remove(Secret secret) {
        // This store contains nothing to remove.
    }
}
