package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wraps a storage and counts its requests. Thread-safe. */
public final class CountingStorage extends ForwardingStorage {
    private final FailureListener failures;
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();

    /**
     * The number of requests so far, including failed ones.
     *
     * @param lists the number of requests for listings, of which a long listing takes several
     * @param gets the number of objects requested
     * @param puts the number of objects stored
     * @param deletes the number of objects removed
     * @param bytesSent the size in bytes of the objects stored
     * @param bytesReceived the size in bytes of the objects received
     */
    public record Counts(long lists, long gets, long puts, long deletes, long bytesSent, long bytesReceived) {
        /** Returns the sum of all requests. */
        public long requests() {
            return lists + gets + puts + deletes;
        }

        /** Returns these counts minus earlier ones. */
        public Counts since(Counts earlier) {
            return new Counts(
                    lists - earlier.lists,
                    gets - earlier.gets,
                    puts - earlier.puts,
                    deletes - earlier.deletes,
                    bytesSent - earlier.bytesSent,
                    bytesReceived - earlier.bytesReceived);
        }
    }

    /** Receives the failed calls. */
    @FunctionalInterface
    public interface FailureListener {
        /**
         * Called when a call of the storage has failed. Runs on the thread of that call, which then throws.
         *
         * @param call {@code list}, {@code get}, {@code put} or {@code delete}
         */
        void failed(String call, StorageException failure);
    }

    /**
     * @param storage the wrapped storage. Closing this object closes it, too.
     */
    public CountingStorage(RemoteStorage storage) {
        this(storage, (call, failure) -> {});
    }

    /**
     * @param storage the wrapped storage. Closing this object closes it, too.
     * @param failures receives failed calls, except those for a missing object
     */
    public CountingStorage(RemoteStorage storage, FailureListener failures) {
        super(storage);
        this.failures = failures;
    }

    private <T> T counted(String call, Supplier<T> request) {
        try {
            return request.get();
        } catch (StorageException e) {
            count(call, e);
            throw e;
        }
    }

    private void count(String call, StorageException failure) {
        if (!(failure instanceof StorageException.ObjectMissingException)) {
            failures.failed(call, failure);
        }
    }

    private void run(String call, Runnable request) {
        try {
            request.run();
        } catch (StorageException e) {
            count(call, e);
            throw e;
        }
    }

    /** Returns the counts at this moment. */
    public Counts counts() {
        return new Counts(lists.get(), gets.get(), puts.get(), deletes.get(), bytesSent.get(), bytesReceived.get());
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        lists.incrementAndGet();
        List<StoredObject> found = counted("list", () -> storage.list(prefix, after));
        lists.addAndGet((found.size() - 1) / storage.listPageSize());
        return found;
    }

    @Override
    public byte[] get(String name, long most) {
        gets.incrementAndGet();
        byte[] content = counted("get", () -> storage.get(name, most));
        bytesReceived.addAndGet(content.length);
        return content;
    }

    @Override
    public void put(String name, byte[] content) {
        puts.incrementAndGet();
        bytesSent.addAndGet(content.length);
        run("put", () -> storage.put(name, content));
    }

    /** Counts an upload as one object stored, even if it takes several requests. */
    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        puts.incrementAndGet();
        run("put", () -> storage.upload(name, file, notes, counted(bytesSent, progress)));
    }

    /** Counts a download as one object requested, even if it takes several requests. */
    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        gets.incrementAndGet();
        run("get", () -> storage.download(name, file, notes, counted(bytesReceived, progress)));
    }

    /**
     * Returns a listener that adds the bytes of this attempt. Its first call reports the bytes of earlier attempts,
     * which do not count.
     */
    private static LongConsumer counted(AtomicLong bytes, LongConsumer progress) {
        AtomicLong known = new AtomicLong(-1);
        return arrived -> {
            long before = known.getAndSet(arrived);
            bytes.addAndGet(before < 0 ? 0 : arrived - before);
            progress.accept(arrived);
        };
    }

    @Override
    public void delete(String name) {
        deletes.incrementAndGet();
        run("delete", () -> storage.delete(name));
    }
}
