package dev.tidemark.engine.remote;

import dev.tidemark.engine.sync.SyncStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the service's current status, and notifies listeners of each new one. Only one thread may update it. Any thread
 * may read it.
 */
final class SyncStatusSource {
    private static final Logger LOG = LoggerFactory.getLogger(SyncStatusSource.class);

    private final List<Consumer<SyncStatus>> listeners = new CopyOnWriteArrayList<>();
    private volatile SyncStatus status;

    SyncStatusSource(SyncStatus first) {
        status = first;
    }

    SyncStatus status() {
        return status;
    }

    AutoCloseable listen(Consumer<SyncStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void update(SyncStatus next) {
        if (next.equals(status)) {
            return;
        }
        status = next;
        for (Consumer<SyncStatus> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException | Error e) {
                LOG.error("A listener of the sync's status failed", e);
            }
        }
    }

    /** Updates the progress. The reason of an earlier problem stays until the running sync has succeeded. */
    void progress(SyncStatus.Progress progress) {
        SyncStatus now = status;
        update(new SyncStatus(
                SyncStatus.State.SYNCING,
                now.lastSuccess(),
                now.pending(),
                progress,
                now.reason(),
                null,
                now.lastReport()));
    }

    void pending(long pending) {
        SyncStatus now = status;
        update(new SyncStatus(
                now.state(),
                now.lastSuccess(),
                pending,
                now.progress(),
                now.reason(),
                now.retryAt(),
                now.lastReport()));
    }

    /** Updates the status to paused. No sync runs or is scheduled then. */
    void paused() {
        SyncStatus now = status;
        update(new SyncStatus(
                SyncStatus.State.PAUSED, now.lastSuccess(), now.pending(), null, null, null, now.lastReport()));
    }

    /** Returns the status of a service without a target. */
    static SyncStatus off(long pending) {
        return new SyncStatus(SyncStatus.State.OFF, null, pending, null, null, null, null);
    }
}
