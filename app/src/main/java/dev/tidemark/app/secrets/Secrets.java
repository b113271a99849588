package dev.tidemark.app.secrets;

import dev.tidemark.app.model.ProblemException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks up the secrets of a profile in memory, then in the environment, then in the store. Thread-safe. */
public final class Secrets {
    private final SecretStore store;
    private final MemorySecretStore session = new MemorySecretStore();
    private final Map<String, String> environment;

    public Secrets(SecretStore store, Map<String, String> environment) {
        this.store = store;
        this.environment = Map.copyOf(environment);
    }

    /** Returns a copy of a secret; {@code null} if the secret is not set. The caller must wipe the copy. */
    public char @Nullable [] get(Secret secret) {
        char[] entered = session.get(secret);
        if (entered != null) {
            return entered;
        }
        String value = environmentValue(secret);
        return value == null ? store.get(secret) : value.toCharArray();
    }

    private @Nullable String environmentValue(Secret secret) {
        String value = secret.variable().map(environment::get).orElse(null);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns the location of the secret; if the secret is not set, the location where a new value would be stored. */
    public SecretLocation location(Secret secret) {
        if (environmentValue(secret) != null && !session.contains(secret)) {
            return SecretLocation.ENVIRONMENT;
        }
        return store.isAvailable() && !session.contains(secret) ? SecretLocation.KEYCHAIN : SecretLocation.MEMORY;
    }

    /**
     * Stores a secret in memory until the program exits. The secret takes precedence over stored secrets, because the
     * user has just entered it.
     */
    public void enter(Secret secret, char[] value) {
        session.put(secret, value);
    }

    public boolean isSet(Secret secret) {
        char[] value = get(secret);
        if (value == null) {
            return false;
        }
        Arrays.fill(value, '\0');
        return true;
    }

    /**
     * Saves the secret in the store, where the next start of the program finds it.
     *
     * @throws ProblemException if the store is not available or fails
     */
    public void put(Secret secret, char[] value) {
        store.put(secret, value);
        session.remove(secret);
    }

    /** Saves the secret in the store. If that fails, keeps the secret in memory until the program exits. */
    public void putOrKeepInMemory(Secret secret, char[] value) {
        try {
            put(secret, value);
        } catch (ProblemException e) {
            // The app asks for the secret again at the next start. The form for the secret tells the user so.
            session.put(secret, value);
        }
    }

    /** Removes the secret from memory and from the store, but not from the environment. */
    public void remove(Secret secret) {
        session.remove(secret);
        store.remove(secret);
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "Secrets[]";
    }
}
