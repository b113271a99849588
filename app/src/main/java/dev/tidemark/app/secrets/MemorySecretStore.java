package dev.tidemark.app.secrets;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores secrets in memory until the program exits. Thread-safe. */
public final class MemorySecretStore implements SecretStore {
    private final Map<Secret, char[]> values = new EnumMap<>(Secret.class);

    @Override
    public synchronized char @Nullable [] get(Secret secret) {
        char[] value = values.get(secret);
        return value == null ? null : value.clone();
    }

    @Override
    public synchronized void put(Secret secret, char[] value) {
        remove(secret);
        values.put(secret, value.clone());
    }

    @Override
    public synchronized void remove(Secret secret) {
        char[] before = values.remove(secret);
        if (before != null) {
            Arrays.fill(before, '\0');
        }
    }

    public synchronized boolean contains(Secret secret) {
        return values.containsKey(secret);
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "MemorySecretStore[]";
    }
}
