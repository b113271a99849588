package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.RemoteStorage;

/**
 * Attaches an encryption to a storage. Direct requests read and write the stored objects unchanged. A sync encrypts and
 * decrypts.
 */
final class StorageWithEncryption extends ForwardingStorage {
    private final Encryption encryption;

    StorageWithEncryption(RemoteStorage storage, Encryption encryption) {
        super(storage);
        this.encryption = encryption;
    }

    /** Returns the encryption of the outermost wrapper that has one; {@link Encryption#NONE} if none has. */
    static Encryption of(RemoteStorage storage) {
        RemoteStorage layer = storage;
        while (layer instanceof ForwardingStorage wrapper) {
            if (wrapper instanceof StorageWithEncryption found) {
                return found.encryption;
            }
            layer = wrapper.delegate();
        }
        return Encryption.NONE;
    }
}
