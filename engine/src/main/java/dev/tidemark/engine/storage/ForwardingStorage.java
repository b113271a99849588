package dev.tidemark.engine.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * A storage around another one: requests are left to those who extend this, all else is what the other one says, which is closed
 * with this one. Thread-safe as far as the other one is.
 */
public abstract class ForwardingStorage implements RemoteStorage {
    /** The other one. */
    protected final RemoteStorage storage;

    /** @param storage the other one */
    protected ForwardingStorage(RemoteStorage storage) {
        this.storage = storage;
    }

    /** Returns the other one. */
    public final RemoteStorage delegate() {
        return storage;
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
