package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.internal.storage.RangedDownload;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A storage in memory. It serves tests, and syncs two databases of one process. Thread-safe. */
public final class MemoryStorage implements RemoteStorage {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Creates an empty storage. */
    public MemoryStorage() {}

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        List<StoredObject> found = new ArrayList<>();
        String from = after == null || after.compareTo(prefix) < 0 ? prefix : after;
        for (var object : objects.tailMap(from, !from.equals(after)).entrySet()) {
            if (!object.getKey().startsWith(prefix)) {
                break;
            }
            found.add(new StoredObject(object.getKey(), object.getValue().length));
        }
        return found;
    }

    @Override
    public byte[] get(String name) {
        byte[] content = objects.get(name);
        if (content == null) {
            throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        }
        return content.clone();
    }

    @Override
    public void put(String name, byte[] content) {
        ObjectNames.require(name);
        objects.put(name, content.clone());
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        RangedDownload.run(file, notes, progress, (from, length) -> {
            byte[] content = get(name);
            return Arrays.copyOfRange(
                    content, (int) Math.min(from, content.length), (int) Math.min(from + length, content.length));
        });
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
    }

    @Override
    public boolean isListingFree() {
        return true;
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {
        // There are no resources outside of the heap.
    }
}
