package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.RemoteStorage;

/** A storage with its library's encryption. Direct requests see stored objects; a sync encrypts and decrypts. */
final class StorageWithEncryption extends ForwardingStorage {
    private final Encryption encryption;

    StorageWithEncryption(RemoteStorage storage, Encryption encryption) {
        super(storage);
        this.encryption = encryption;
    }

    /** Returns the outermost encryption of a storage and the storages that it wraps; {@link Encryption#NONE} without one. */
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
