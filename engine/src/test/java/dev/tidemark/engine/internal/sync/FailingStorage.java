package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards to another storage, and fails the operations that the test names. */
final class FailingStorage implements RemoteStorage {
    private final RemoteStorage storage;
    private final AtomicInteger putsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger getsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean listsFail;
    private volatile String hiddenGets = "";
    private volatile String failingPuts = "";
    private volatile String halvedPuts = "";
    private volatile Runnable beforePut = () -> {};

    FailingStorage(RemoteStorage storage) {
        this.storage = storage;
    }

    void failPutsAfter(int count) {
        putsLeft.set(count);
    }

    /** Has every put fail whose object's name begins so; empty for none. */
    void failPutsOf(String prefix) {
        failingPuts = prefix;
    }

    /** Has every put whose object's name begins so fail, and leave half of it; empty for none. */
    void halvePutsOf(String prefix) {
        halvedPuts = prefix;
    }

    void failGetsAfter(int count) {
        getsLeft.set(count);
    }

    /** Lists every object whose name begins so, and has none when asked for it; empty for none. */
    void hideGetsOf(String prefix) {
        hiddenGets = prefix;
    }

    void failLists(boolean fail) {
        listsFail = fail;
    }

    void beforeEachPut(Runnable action) {
        beforePut = action;
    }

    @Override
    public List<StoredObject> list(String prefix, String after) {
        if (listsFail) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The network is down.");
        }
        return storage.list(prefix, after);
    }

    @Override
    public byte[] get(String name) {
        if (getsLeft.getAndDecrement() <= 0) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The network is down.");
        }
        if (!hiddenGets.isEmpty() && name.startsWith(hiddenGets)) {
            throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name, "storage");
        }
        return storage.get(name);
    }

    @Override
    public void put(String name, byte[] content) {
        beforePut.run();
        if (!halvedPuts.isEmpty() && name.startsWith(halvedPuts)) {
            storage.put(name, Arrays.copyOf(content, content.length / 2));
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The network is down.");
        }
        boolean isRefused = !failingPuts.isEmpty() && name.startsWith(failingPuts);
        if (isRefused || putsLeft.getAndDecrement() <= 0) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The network is down.");
        }
        storage.put(name, content);
    }

    @Override
    public void delete(String name) {
        storage.delete(name);
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
