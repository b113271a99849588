package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A storage with the encryption of its library. Requests show the stored objects; a sync encrypts and decrypts them. */
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

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        return storage.list(prefix, after);
    }

    @Override
    public byte[] get(String name) {
        return storage.get(name);
    }

    @Override
    public byte[] get(String name, long most) {
        return storage.get(name, most);
    }

    @Override
    public void put(String name, byte[] content) {
        storage.put(name, content);
    }

    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        storage.upload(name, file, notes, progress);
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        storage.download(name, file, notes, progress);
    }

    @Override
    public void delete(String name) {
        storage.delete(name);
    }

    @Override
    public Optional<Watch> watch(String prefix, @Nullable String after, Consumer<String> changed) {
        return storage.watch(prefix, after, changed);
    }
}
