package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import org.jspecify.annotations.Nullable;

/** The stored keys of a machine in an encrypted simulation, and the passphrase that its user types. */
final class SimulatedSecrets implements Encryption {
    private @Nullable LibraryKeys kept;
    private String typed;

    /** @param kept keys for a library that it founds */
    SimulatedSecrets(String typed, @Nullable LibraryKeys kept) {
        this.typed = typed;
        this.kept = kept;
    }

    @Override
    public @Nullable LibraryKeys keys() {
        return kept;
    }

    @Override
    public char[] secret() {
        return typed.toCharArray();
    }

    @Override
    public void unlocked(LibraryKeys keys) {
        kept = keys;
    }

    @Override
    public void libraryCreated(RecoveryCode code) {
        code.close();
    }

    String typed() {
        return typed;
    }

    void type(String passphrase) {
        typed = passphrase;
    }

    /** As a machine without a keychain, when it is switched off. */
    void forgetKeys() {
        kept = null;
    }
}
