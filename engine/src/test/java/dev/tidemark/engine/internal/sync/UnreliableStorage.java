package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Another storage over a bad line: each request may fail, before or after it took effect, lag, or give half. */
final class UnreliableStorage implements RemoteStorage {
    enum Fault {
        LIST_FAILS,
        LIST_LAGS,
        GET_FAILS,
        GET_GIVES_HALF,
        PUT_FAILS,
        PUT_FAILS_AFTERWARDS,
        DELETE_NEVER_HAPPENS
    }

    private final RemoteStorage storage;
    private final Random random;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private List<StoredObject> before = List.of();
    private boolean healed;

    UnreliableStorage(RemoteStorage storage, Random random) {
        this.storage = storage;
        this.random = random;
    }

    void heal() {
        healed = true;
    }

    /** How often each fault happened. */
    Map<Fault, Integer> met() {
        return met;
    }

    private synchronized boolean strikes(Fault fault) {
        boolean strikes = !healed && random.nextInt(15) == 0;
        if (strikes) {
            met.merge(fault, 1, Integer::sum);
        }
        return strikes;
    }

    @Override
    public synchronized List<StoredObject> list(String prefix, String after) {
        if (strikes(Fault.LIST_FAILS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        if (strikes(Fault.LIST_LAGS)) {
            return before;
        }
        before = storage.list(prefix, after);
        return before;
    }

    @Override
    public byte[] get(String name) {
        if (strikes(Fault.GET_FAILS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        byte[] content = storage.get(name);
        return strikes(Fault.GET_GIVES_HALF) ? Arrays.copyOf(content, content.length / 2) : content;
    }

    @Override
    public void put(String name, byte[] content) {
        if (strikes(Fault.PUT_FAILS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        storage.put(name, content);
        if (strikes(Fault.PUT_FAILS_AFTERWARDS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
    }

    @Override
    public void delete(String name) {
        if (!strikes(Fault.DELETE_NEVER_HAPPENS)) {
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
}
