package dev.tidemark.app.secrets;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of secrets. */
public enum Secret {
    /** The secret half of the key pair for a bucket. */
    S3_SECRET_KEY("sync.s3.secret-key", "TIDEMARK_S3_SECRET_KEY"),
    /**
     * The passphrase that encrypts the keys of a library. Sync removes the passphrase once this device has the keys.
     */
    PASSPHRASE("sync.passphrase", "TIDEMARK_PASSPHRASE"),
    /** The unlocked keys of an encrypted library, as lines of text. */
    LIBRARY_KEYS("sync.library-keys", "");

    private final String text;
    private final String variable;

    Secret(String text, String variable) {
        this.text = text;
        this.variable = variable;
    }

    /** Returns the name of the secret in the settings. */
    public String text() {
        return text;
    }

    /** Returns the secret with this name; empty if users cannot set a secret with this name. */
    public static Optional<Secret> named(String text) {
        return Arrays.stream(values())
                .filter(secret -> secret != LIBRARY_KEYS && secret.text.equals(text))
                .findFirst();
    }

    /** Returns the environment variable that passes the secret to unattended commands; empty if there is none. */
    public Optional<String> variable() {
        return Optional.of(variable).filter(name -> !name.isEmpty());
    }
}
