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

/** Stores the keys of an encrypted library, as lines of ASCII, in the secret store. Thread-safe. */
public final class StoredEncryption implements Encryption {
    private final Secrets secrets;
    private final AtomicBoolean mayHoldPassphrase = new AtomicBoolean(true);
    private final AtomicBoolean isCodeWhole = new AtomicBoolean(true);
    private final Runnable used;
    private volatile Consumer<RecoveryCode> founded;
    private volatile Consumer<Boolean> recoveryCodeListener = whole -> {};

    /**
     * @param used is told whenever something was or is to be encrypted, before anything is uploaded: from then on it does not
     *     depend on what secrets can be found
     * @param founded shows the recovery code of a library that was founded, which is told only once
     */
    public StoredEncryption(Secrets secrets, Runnable used, Consumer<RecoveryCode> founded) {
        this.secrets = secrets;
        this.used = used;
        this.founded = founded;
    }

    /** Shows recovery codes here from now on. */
    public void showCodesWith(Consumer<RecoveryCode> shows) {
        founded = shows;
    }

    /**
     * Tells here, whenever it becomes true or false, whether one recovery code opens everything. It does not where two
     * devices founded the library at once.
     */
    public void setRecoveryCodeListener(Consumer<Boolean> told) {
        recoveryCodeListener = told;
    }

    /** A secret was given or taken away: the passphrase may be kept again. */
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
    public char @Nullable [] secret() {
        return secrets.get(Secret.PASSPHRASE);
    }

    @Override
    public void libraryCreating(char[] passphrase) {
        PassphrasePolicy.require(passphrase);
    }

    /** The passphrase stays: where a library is being founded, its keys have yet to be sealed with it. */
    @Override
    public void unlocked(LibraryKeys keys) {
        used.run();
        byte[] lines = keys.toBytes();
        char[] value = new char[lines.length];
        for (int index = 0; index < lines.length; index++) {
            value[index] = (char) (lines[index] & 0x7f);
        }
        try {
            secrets.putWherePossible(Secret.LIBRARY_KEYS, value);
        } finally {
            Arrays.fill(lines, (byte) 0);
            Arrays.fill(value, '\0');
        }
    }

    /** Now the passphrase is not needed any more, and what is not kept cannot be taken. */
    @Override
    public void connected(boolean isWhole) {
        used.run();
        if (mayHoldPassphrase.getAndSet(false)) {
            secrets.remove(Secret.PASSPHRASE);
        }
        if (isCodeWhole.getAndSet(isWhole) != isWhole) {
            recoveryCodeListener.accept(isWhole);
        }
    }

    @Override
    public void libraryCreated(RecoveryCode code) {
        founded.accept(code);
    }

    /** Holds nothing that could be shown. */
    @Override
    public String toString() {
        return "KeptEncryption[]";
    }
}
