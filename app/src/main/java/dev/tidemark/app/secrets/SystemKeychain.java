package dev.tidemark.app.secrets;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import dev.tidemark.app.model.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores secrets in the keychain of the system: Secret Service, KWallet, macOS Keychain or Windows Credential Manager.
 * Opens the keychain on first use. Behaves as {@link NoKeychain} does if the system has no keychain. Thread-safe.
 */
public final class SystemKeychain implements SecretStore {
    private static final Logger LOG = LoggerFactory.getLogger(SystemKeychain.class);

    /** The environment variable that disables the keychain if its value is {@code off}. */
    private static final String SWITCH = "TIDEMARK_KEYCHAIN";

    /** The messages with which keychains report a missing entry. Any other message reports a failure. */
    private static final List<String> NOT_FOUND_MESSAGES =
            List.of("no stored credentials match", "not in wallet", "password not found", "no password to delete");

    private final String service;
    private final boolean isOff;
    private final NoKeychain none = new NoKeychain();
    private @Nullable Keyring keyring;
    private boolean isTried;

    private SystemKeychain(String service, boolean isOff) {
        this.service = service;
        this.isOff = isOff;
    }

    /**
     * Returns the store for the secrets of one profile.
     *
     * @param profile the folder of the profile, which identifies the profile
     */
    public static SystemKeychain of(Path profile, Map<String, String> environment) {
        boolean isOff = "off".equals(environment.get(SWITCH));
        return new SystemKeychain("Tidemark " + profile.toAbsolutePath().normalize(), isOff);
    }

    @Override
    public synchronized boolean isAvailable() {
        return keyring() != null;
    }

    private @Nullable Keyring keyring() {
        if (!isTried && !isOff) {
            isTried = true;
            try {
                keyring = Keyring.create();
            } catch (BackendNotSupportedException e) {
                LOG.info("This system has no usable keychain: {}", e.getMessage());
            }
        }
        return keyring;
    }

    @Override
    public synchronized char @Nullable [] get(Secret secret) {
        Keyring open = keyring();
        if (open == null) {
            return none.get(secret);
        }
        try {
            return open.getPassword(service, secret.text()).toCharArray();
        } catch (PasswordAccessException e) {
            if (isNotFound(e)) {
                return null;
            }
            throw failed(secret, e);
        }
    }

    @Override
    public synchronized void put(Secret secret, char[] value) {
        Keyring open = keyring();
        if (open == null) {
            none.put(secret, value);
            return;
        }
        try {
            // The keychain API accepts only a String, which cannot be wiped.
            open.setPassword(service, secret.text(), new String(value));
        } catch (PasswordAccessException e) {
            throw failed(secret, e);
        }
    }

    @Override
    public synchronized void remove(Secret secret) {
        Keyring open = keyring();
        if (open == null) {
            return;
        }
        try {
            open.deletePassword(service, secret.text());
        } catch (PasswordAccessException e) {
            if (!isNotFound(e)) {
                throw failed(secret, e);
            }
        }
    }

    private static boolean isNotFound(PasswordAccessException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return NOT_FOUND_MESSAGES.stream().anyMatch(text::contains);
    }

    private static ProblemException failed(Secret secret, PasswordAccessException cause) {
        // The keychain's message is not logged, because it may contain secrets.
        LOG.warn("The keychain failed: {}", cause.getClass().getSimpleName());
        return new ProblemException("secret.keychainFailed", secret.text());
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "SystemKeychain[]";
    }
}
