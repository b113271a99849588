package dev.tidemark.engine.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Another storage, with a count of what was asked of it. Thread-safe. */
public final class CountingStorage extends ForwardingStorage {
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();

    /**
     * What was asked so far. Failed requests count too.
     *
     * @param lists requests for listings: a long one takes several
     * @param gets objects asked for
     * @param puts objects stored
     * @param deletes objects removed
     * @param bytesSent bytes of the objects stored
     * @param bytesReceived bytes of the objects received
     */
    public record Counts(long lists, long gets, long puts, long deletes, long bytesSent, long bytesReceived) {
        /** All requests together. */
        public long requests() {
            return lists + gets + puts + deletes;
        }

        /** What was asked since an earlier count. */
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

    /** @param storage where the requests go; closed with this */
    public CountingStorage(RemoteStorage storage) {
        super(storage);
    }

    /** The counts at this moment. */
    public Counts counts() {
        return new Counts(lists.get(), gets.get(), puts.get(), deletes.get(), bytesSent.get(), bytesReceived.get());
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        lists.incrementAndGet();
        List<StoredObject> found = storage.list(prefix, after);
        lists.addAndGet((found.size() - 1) / storage.listPageSize());
        return found;
    }

    @Override
    public byte[] get(String name, long most) {
        gets.incrementAndGet();
        byte[] content = storage.get(name, most);
        bytesReceived.addAndGet(content.length);
        return content;
    }

    @Override
    public void put(String name, byte[] content) {
        puts.incrementAndGet();
        bytesSent.addAndGet(content.length);
        storage.put(name, content);
    }

    /** Counts as one object stored, however many requests that takes. */
    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        puts.incrementAndGet();
        storage.upload(name, file, notes, counted(bytesSent, progress));
    }

    /** Counts as one object asked for, however many requests that takes. */
    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        gets.incrementAndGet();
        storage.download(name, file, notes, counted(bytesReceived, progress));
    }

    /** What had arrived before is told first, and does not count. */
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
        storage.delete(name);
    }
}
