package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/** Forwards to another storage. Each request may fail before or after it takes effect, lag, or transfer half. */
public final class UnreliableStorage implements RemoteStorage {
    /** What may happen. */
    public enum Fault {
        LIST_FAILS,
        LIST_LAGS,
        LIST_REPEATS,
        LIST_SKIPS,
        GET_FAILS,
        GET_GIVES_HALF,
        GET_GIVES_OTHER_BITS,
        GET_FAILS_FOR_ONE_FILE,
        GET_DOES_NOT_KNOW_IT_YET,
        PUT_FAILS,
        PUT_FAILS_AFTERWARDS,
        PUT_LEAVES_HALF,
        PUT_LEAVES_A_COPY,
        DELETE_NEVER_HAPPENS
    }

    private final RemoteStorage storage;
    private final Random random;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private List<StoredObject> before = List.of();
    private boolean healed;
    private BiConsumer<String, byte[]> arrived = (name, content) -> {};

    public UnreliableStorage(RemoteStorage storage, Random random) {
        this.storage = storage;
        this.random = random;
    }

    /** Is told of each object that has arrived as a whole. */
    public void onArrival(BiConsumer<String, byte[]> listener) {
        arrived = listener;
    }

    /** From now on nothing happens. */
    public void heal() {
        healed = true;
    }

    /** From now on everything may happen again. */
    public void worsen() {
        healed = false;
    }

    /** How often each fault happened. */
    public Map<Fault, Integer> met() {
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
        if (strikes(Fault.LIST_REPEATS)) {
            List<StoredObject> twice = new ArrayList<>(before);
            twice.addAll(before);
            return twice;
        }
        if (strikes(Fault.LIST_SKIPS)) {
            long draw = random.nextLong();
            List<StoredObject> some = new ArrayList<>(before);
            some.removeIf(object -> !object.name().startsWith("v1/library/") && isSkipped(object.name(), draw));
            return some;
        }
        return before;
    }

    /** Whatever the order, and whatever nonce a key's name has: those no seed decides. */
    private static boolean isSkipped(String name, long draw) {
        return new Random(draw ^ name.replaceAll("-[0-9a-f]{16}[.]", ".").hashCode()).nextInt(4) == 0;
    }

    @Override
    public byte[] get(String name) {
        if (strikes(Fault.GET_FAILS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        if (strikes(Fault.GET_FAILS_FOR_ONE_FILE)) {
            throw new StorageException(Problem.STORAGE_FILE_NOT_READ, name, "Input/output error");
        }
        if (strikes(Fault.GET_DOES_NOT_KNOW_IT_YET)) {
            throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        }
        byte[] content = storage.get(name);
        if (content.length > 0 && strikes(Fault.GET_GIVES_OTHER_BITS)) {
            byte[] other = content.clone();
            other[other.length / 2] ^= 0x10;
            return other;
        }
        return strikes(Fault.GET_GIVES_HALF) ? Arrays.copyOf(content, content.length / 2) : content;
    }

    @Override
    public void put(String name, byte[] content) {
        if (strikes(Fault.PUT_FAILS)) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        if (strikes(Fault.PUT_LEAVES_HALF)) {
            storage.put(name, Arrays.copyOf(content, content.length / 2));
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "No answer.");
        }
        storage.put(name, content);
        arrived.accept(name, content);
        if (strikes(Fault.PUT_LEAVES_A_COPY)) {
            storage.put(name.replace(".seg", "-copy.seg").replace(".json", "-copy.json"), content);
        }
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
