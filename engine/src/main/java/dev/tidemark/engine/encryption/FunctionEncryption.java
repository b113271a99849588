package dev.tidemark.engine.encryption;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Implements {@link Encryption} with functions, and holds the keys in memory. Thread-safe if the functions are. */
final class FunctionEncryption implements Encryption {
    private final Supplier<char @Nullable []> secret;
    private final Consumer<LibraryKeys> listener;
    private final Consumer<RecoveryCode> libraryCreated;
    private volatile @Nullable LibraryKeys keys;

    FunctionEncryption(
            @Nullable LibraryKeys first,
            Supplier<char @Nullable []> secret,
            Consumer<LibraryKeys> listener,
            Consumer<RecoveryCode> libraryCreated) {
        this.keys = first;
        this.secret = secret;
        this.listener = listener;
        this.libraryCreated = libraryCreated;
    }

    @Override
    public @Nullable LibraryKeys keys() {
        return keys;
    }

    @Override
    public char @Nullable [] secret() {
        return secret.get();
    }

    @Override
    public void unlocked(LibraryKeys unlocked) {
        listener.accept(unlocked);
        keys = unlocked;
    }

    @Override
    public void libraryCreated(RecoveryCode code) {
        libraryCreated.accept(code);
    }

    @Override
    public String toString() {
        return "Encryption[on]";
    }
}
