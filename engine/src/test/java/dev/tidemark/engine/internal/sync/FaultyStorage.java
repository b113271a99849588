package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A storage with scripted faults of real storages. Other devices see it without faults. */
final class FaultyStorage implements RemoteStorage {
    private final RemoteStorage storage;
    private final Map<String, byte[]> yesterday = new TreeMap<>();
    private final Map<String, Supplier<RuntimeException>> refused = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private UnaryOperator<List<StoredObject>> listings = UnaryOperator.identity();
    private boolean givesYesterday;
    private boolean putsFailAfterwards;
    private boolean deletesNothing;

    FaultyStorage(RemoteStorage storage) {
        this.storage = storage;
    }

    /** From now on listings come out like this. */
    void listing(UnaryOperator<List<StoredObject>> change) {
        listings = change;
    }

    /** From now on only what is there now is listed and given, as by a cache. */
    void giveYesterday(boolean also) {
        yesterday.clear();
        for (StoredObject object : storage.list("", null)) {
            yesterday.put(object.name(), storage.get(object.name()));
        }
        givesYesterday = also;
    }

    void failPutsAfterwards(boolean fail) {
        putsFailAfterwards = fail;
    }

    void deleteNothing(boolean nothing) {
        deletesNothing = nothing;
    }

    /** A file on a bad sector, or which a folder tool does not have here. */
    void unreadable(String name, boolean is) {
        refuse(name, is ? () -> new StorageException(Problem.STORAGE_FILE_NOT_READ, name, "Input/output error") : null);
    }

    /** What its line of encryption says, where there is one. */
    void newer(String name) {
        refuse(name, () -> new NewerFormatException(name, 2));
    }

    private void refuse(String name, Supplier<RuntimeException> why) {
        if (why == null) {
            refused.remove(name);
        } else {
            refused.put(name, why);
        }
    }

    /** The names of all objects that were asked for. */
    Set<String> asked() {
        return asked;
    }

    @Override
    public List<StoredObject> list(String prefix, String after) {
        return listings.apply(new ArrayList<>(storage.list(prefix, after)));
    }

    @Override
    public byte[] get(String name) {
        synchronized (asked) {
            asked.add(name);
        }
        Supplier<RuntimeException> why = refused.get(name);
        if (why != null) {
            throw why.get();
        }
        if (givesYesterday) {
            byte[] old = yesterday.get(name);
            if (old == null) {
                throw new dev.tidemark.engine.problem.StorageException.ObjectMissingException(
                        Problem.STORAGE_OBJECT_MISSING, name);
            }
            return old.clone();
        }
        return storage.get(name);
    }

    @Override
    public void put(String name, byte[] content) {
        storage.put(name, content);
        if (putsFailAfterwards) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
    }

    @Override
    public void delete(String name) {
        if (!deletesNothing) {
            storage.delete(name);
        }
    }

    @Override
    public String description() {
        return storage.description();
    }

    @Override
    public void close() {
        storage.close();
    }

    /** What is there, by name. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        storage.list("", null).forEach(object -> sizes.put(object.name(), object.size()));
        return sizes;
    }
}
