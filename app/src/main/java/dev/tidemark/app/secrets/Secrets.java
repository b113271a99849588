package dev.tidemark.app.secrets;

import dev.tidemark.app.model.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a profile: from the environment where that gives them, else from the store. What the store cannot keep
 * may be kept until the program ends. Thread-safe.
 */
public final class Secrets {
    private final SecretStore store;
    private final SecretStore session = new MemoryStore();
    private final Map<String, String> environment;

    /** @param environment the variables of this process */
    public Secrets(SecretStore store, Map<String, String> environment) {
        this.store = store;
        this.environment = Map.copyOf(environment);
    }

    /** A copy, for the caller to wipe; {@code null} if nobody has given it. */
    public char @Nullable [] get(Secret secret) {
        String given = secret.variable().map(environment::get).orElse(null);
        if (given != null && !given.isEmpty()) {
            return given.toCharArray();
        }
        char[] kept = session.get(secret);
        return kept == null ? store.get(secret) : kept;
    }

    /** Whether somebody has given it. */
    public boolean isSet(Secret secret) {
        char[] value = get(secret);
        if (value == null) {
            return false;
        }
        java.util.Arrays.fill(value, '\0');
        return true;
    }

    /**
     * Keeps it between starts.
     *
     * @throws ProblemException if there is no safe place for it
     */
    public void put(Secret secret, char[] value) {
        store.put(secret, value);
        session.remove(secret);
    }

    /** Keeps it between starts where there is a safe place for it, else until the program ends. */
    public void putWherePossible(Secret secret, char[] value) {
        try {
            put(secret, value);
        } catch (ProblemException e) {
            // Asked for again at the next start, which is what the person is told where it is entered.
            session.put(secret, value);
        }
    }

    /** Forgets it, but for what the environment gives. */
    public void remove(Secret secret) {
        session.remove(secret);
        store.remove(secret);
    }

    /** Not what it holds. */
    @Override
    public String toString() {
        return "Secrets[]";
    }
}
