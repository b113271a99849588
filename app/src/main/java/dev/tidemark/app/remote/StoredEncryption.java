package dev.tidemark.app.remote;

import dev.tidemark.app.secrets.PassphrasePolicy;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stores the keys of an encrypted library in the secret store, as lines of ASCII. Thread-safe. */
public final class StoredEncryption implements Encryption {
    private final Secrets secrets;
    private final AtomicBoolean mayHoldPassphrase = new AtomicBoolean(true);
    private final AtomicBoolean isRecoveryCodeValid = new AtomicBoolean(true);
    private final Runnable used;
    private final int passphraseWork;
    private volatile Consumer<RecoveryCode> newCodeListener;
    private volatile Consumer<Boolean> recoveryCodeListener = whole -> {};

    /**
     * @param used called when this device gets keys and after each connection. Records that this profile encrypts, so
     *     that a missing secret does not turn encryption off.
     * @param newCodeListener shows the recovery code of a library that this device creates. Receives each code only
     *     once.
     * @param passphraseWork see {@link #passphraseWork}
     */
    public StoredEncryption(
            Secrets secrets, Runnable used, Consumer<RecoveryCode> newCodeListener, int passphraseWork) {
        this.secrets = secrets;
        this.used = used;
        this.newCodeListener = newCodeListener;
        this.passphraseWork = passphraseWork;
    }

    public void showCodesWith(Consumer<RecoveryCode> shows) {
        newCodeListener = shows;
    }

    /**
     * Sets the listener for changes of the recovery code. It receives {@code true} if one code opens all files. It
     * receives {@code false} if no code does, because two devices created the library concurrently.
     */
    public void setRecoveryCodeListener(Consumer<Boolean> listener) {
        recoveryCodeListener = listener;
    }

    /** Must be called after a secret was set or removed, because the store may contain a passphrase again. */
    public void secretsChanged() {
        mayHoldPassphrase.set(true);
    }

    @Override
    public @Nullable LibraryKeys keys() {
        char[] text = secrets.get(Secret.LIBRARY_KEYS);
        if (text == null) {
            return null;
        }
        byte[] lines = new byte[text.length];
        for (int index = 0; index < text.length; index++) {
            lines[index] = (byte) text[index];
        }
        try {
            return LibraryKeys.parse(lines);
        } finally {
            Arrays.fill(text, '\0');
            Arrays.fill(lines, (byte) 0);
        }
    }

    @Override
    public int passphraseWork() {
        return passphraseWork;
    }

    @Override
    public char @Nullable [] secret() {
        return secrets.get(Secret.PASSPHRASE);
    }

    @Override
    public void libraryCreating(char[] passphrase) {
        PassphrasePolicy.require(passphrase);
    }

    /**
     * Stores the keys. Does not remove the passphrase, because a sync that creates a library has yet to encrypt the
     * keys with the passphrase.
     */
    @Override
    public void unlocked(LibraryKeys keys) {
        used.run();
        byte[] lines = keys.toBytes();
        char[] value = new char[lines.length];
        for (int index = 0; index < lines.length; index++) {
            value[index] = (char) (lines[index] & 0x7f);
        }
        try {
            secrets.putOrKeepInMemory(Secret.LIBRARY_KEYS, value);
        } finally {
            Arrays.fill(lines, (byte) 0);
            Arrays.fill(value, '\0');
        }
    }

    /**
     * Removes the passphrase, which sync no longer needs and which could be stolen. Notifies the listener if {@code
     * isWhole} has changed.
     */
    @Override
    public void connected(boolean isWhole) {
        used.run();
        if (mayHoldPassphrase.getAndSet(false)) {
            secrets.remove(Secret.PASSPHRASE);
        }
        if (isRecoveryCodeValid.getAndSet(isWhole) != isWhole) {
            recoveryCodeListener.accept(isWhole);
        }
    }

    @Override
    public void libraryCreated(RecoveryCode code) {
        newCodeListener.accept(code);
    }

    /** Omits all secrets. */
    @Override
    public String toString() {
        return "StoredEncryption[]";
    }
}
