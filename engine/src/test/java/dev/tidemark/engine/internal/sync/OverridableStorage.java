package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.storage.RemoteStorage;
import java.util.List;

/** Forwards to another storage. Tests override single methods. */
public class OverridableStorage implements RemoteStorage {
    private final RemoteStorage storage;

    public OverridableStorage(RemoteStorage storage) {
        this.storage = storage;
    }

    @Override
    public List<StoredObject> list(String prefix, String after) {
        return storage.list(prefix, after);
    }

    @Override
    public byte[] get(String name) {
        return storage.get(name);
    }

    @Override
    public void put(String name, byte[] content) {
        storage.put(name, content);
    }

    @Override
    public void delete(String name) {
        storage.delete(name);
    }

    @Override
    public boolean isListingFree() {
        return storage.isListingFree();
    }

    @Override
    public String description() {
        return storage.description();
    }

    @Override
    public void close() {
        storage.close();
    }
}
