package dev.tidemark.engine.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes each request to another storage. Closing this object closes that storage, too. Extend it and override the
 * requests that differ. {@link #get(String)} calls {@link #get(String, long)}. A forwarding storage is thread-safe if
 * the wrapped storage is.
 */
public abstract class ForwardingStorage implements RemoteStorage {
    /** The wrapped storage. */
    protected final RemoteStorage storage;

    /** @param storage the wrapped storage */
    protected ForwardingStorage(RemoteStorage storage) {
        this.storage = storage;
    }

    /** Returns the wrapped storage. */
    public final RemoteStorage delegate() {
        return storage;
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        return storage.list(prefix, after);
    }

    @Override
    public byte[] get(String name) {
        return get(name, Long.MAX_VALUE);
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

    @Override
    public boolean isListingFree() {
        return storage.isListingFree();
    }

    @Override
    public int listPageSize() {
        return storage.listPageSize();
    }

    @Override
    public Optional<Duration> clockAhead() {
        return storage.clockAhead();
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
