package dev.tidemark.app.secrets;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of secrets. */
public enum Secret {
    /** The secret half of the key pair for a bucket. */
    S3_SECRET_KEY("sync.s3.secret-key", "TIDEMARK_S3_SECRET_KEY"),
    /** What the key of an encrypted library is sealed with; kept only until that key is. */
    PASSPHRASE("sync.passphrase", "TIDEMARK_PASSPHRASE"),
    /** The unlocked keys of an encrypted library, as lines of text. */
    LIBRARY_KEYS("sync.library-keys", "");

    private final String text;
    private final String variable;

    Secret(String text, String variable) {
        this.text = text;
        this.variable = variable;
    }

    /** Its name, as in the settings. */
    public String text() {
        return text;
    }

    /** The secret of that name; empty if it is none that a user sets. */
    public static Optional<Secret> named(String text) {
        return Arrays.stream(values())
                .filter(secret -> secret != LIBRARY_KEYS && secret.text.equals(text))
                .findFirst();
    }

    /** The environment variable that gives it to commands that run unattended, if there is one. */
    public Optional<String> variable() {
        return Optional.of(variable).filter(name -> !name.isEmpty());
    }
}
