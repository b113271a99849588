package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a storage and delays each request, which shows how a program works over a slow connection. Concurrent requests
 * wait at the same time. Thread-safe.
 */
public final class ThrottledStorage extends ForwardingStorage {
    private final Delays delays;
    private final Consumer<Duration> pause;

    /**
     * The delay of each request.
     *
     * @param get the delay of reading an object
     * @param put the delay of storing an object
     * @param list the delay of each request of a listing
     * @param delete the delay of removing an object
     */
    public record Delays(Duration get, Duration put, Duration list, Duration delete) {
        /** The delays of a distant bucket: 25 ms to read, 250 ms to store, 50 ms to list and 50 ms to delete. */
        public static final Delays FAR_BUCKET =
                new Delays(Duration.ofMillis(25), Duration.ofMillis(250), Duration.ofMillis(50), Duration.ofMillis(50));
    }

    /**
     * @param storage the wrapped storage. Closing this object closes it, too.
     */
    public ThrottledStorage(RemoteStorage storage, Delays delays) {
        this(storage, delays, ThrottledStorage::sleep);
    }

    /**
     * @param storage the wrapped storage. Closing this object closes it, too.
     * @param pause waits on the calling thread. A test may just add up the times.
     */
    public ThrottledStorage(RemoteStorage storage, Delays delays, Consumer<Duration> pause) {
        super(storage);
        this.delays = delays;
        this.pause = pause;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(e, Problem.STORAGE_REQUEST_FAILED, Problem.INTERRUPTED);
        }
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        pause.accept(delays.list);
        List<StoredObject> found = storage.list(prefix, after);
        for (int page = (found.size() - 1) / storage.listPageSize(); page > 0; page--) {
            pause.accept(delays.list);
        }
        return found;
    }

    @Override
    public byte[] get(String name, long most) {
        pause.accept(delays.get);
        return storage.get(name, most);
    }

    @Override
    public void put(String name, byte[] content) {
        pause.accept(delays.put);
        storage.put(name, content);
    }

    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        pause.accept(delays.put);
        storage.upload(name, file, notes, progress);
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        pause.accept(delays.get);
        storage.download(name, file, notes, progress);
    }

    @Override
    public void delete(String name) {
        pause.accept(delays.delete);
        storage.delete(name);
    }

    /** Returns false, because no listing is free over a slow connection. */
    @Override
    public boolean isListingFree() {
        return false;
    }
}
