package dev.tidemark.engine.remote;

import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Wraps a storage so that its requests end when the running sync is cancelled. Thread-safe. */
final class CancellableStorage extends ForwardingStorage {
    private final RunningSync running;

    /**
     * @param storage the wrapped storage. Closing this object closes it, too.
     */
    CancellableStorage(RemoteStorage storage, RunningSync running) {
        super(storage);
        this.running = running;
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        return running.request(() -> storage.list(prefix, after));
    }

    @Override
    public byte[] get(String name, long most) {
        return running.request(() -> storage.get(name, most));
    }

    @Override
    public void put(String name, byte[] content) {
        request(() -> storage.put(name, content));
    }

    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        request(() -> storage.upload(name, file, notes, withoutInterruption(progress)));
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        request(() -> storage.download(name, file, notes, withoutInterruption(progress)));
    }

    @Override
    public void delete(String name) {
        request(() -> storage.delete(name));
    }

    private void request(Runnable request) {
        running.request(() -> {
            request.run();
            return true;
        });
    }

    private LongConsumer withoutInterruption(LongConsumer progress) {
        return bytes -> running.withoutInterruption(() -> progress.accept(bytes));
    }
}
