package dev.tidemark.engine.remote;

import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks from time to time whether other devices have changed the storage. It checks soon after an event of the
 * storage's watch, and at least every 10 seconds. It checks every second if there is no watch, or if the watch misses
 * changes as on network drives. Only the timer's thread may use this object. Only events of the watch may come from any
 * thread.
 */
final class RemotePoller {
    private static final Logger LOG = LoggerFactory.getLogger(RemotePoller.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL_WITH_WATCH = Duration.ofSeconds(10);

    /** A sync client writes several files in several steps, but a change should be visible within seconds. */
    private final Debounce arrivals = new Debounce(Duration.ofMillis(500), Duration.ofSeconds(3));

    private final SyncTimer timer;
    private final BooleanSupplier changeCheck;
    private final AtomicLong watchEvents = new AtomicLong();
    private final AtomicBoolean noticing = new AtomicBoolean();
    private @Nullable SyncConnection open;
    private RemoteStorage.@Nullable Watch watch;
    private Runnable cancelPoll = () -> {};
    private boolean pollsAlone;
    private long eventsAtLastPoll;
    private boolean watchSuspect;

    /** @param changeCheck returns whether something has changed */
    RemotePoller(SyncTimer timer, BooleanSupplier changeCheck) {
        this.timer = timer;
        this.changeCheck = changeCheck;
    }

    /** Starts checking a storage. Does nothing if listings of the storage are not free. */
    void start(SyncConnection connection) {
        if (!connection.isListingFree()) {
            return;
        }
        open = connection;
        if (!pollsAlone) {
            watch = connection.library().watch(this::onWatchEvent).orElse(null);
            pollsAlone = watch == null;
        }
        next();
    }

    /** Stops checking. Must be called before the storage is closed. */
    void stop() {
        open = null;
        cancelPoll.run();
        endWatch();
    }

    /** Forgets that the watch was unreliable. Called for another storage. */
    void reset() {
        pollsAlone = false;
    }

    private void endWatch() {
        RemoteStorage.Watch ended = watch;
        watch = null;
        watchSuspect = false;
        if (ended != null) {
            ended.close();
        }
    }

    /** Called on any thread, for each event of the watch. */
    private void onWatchEvent() {
        watchEvents.incrementAndGet();
        if (noticing.compareAndSet(false, true)) {
            timer.schedule(Duration.ZERO, this::notice);
        }
    }

    private void notice() {
        noticing.set(false);
        if (open != null) {
            schedulePoll(arrivals.trigger(timer.now()));
        }
    }

    private void next() {
        RemoteStorage.Watch present = watch;
        boolean hasEvents = present != null && present.isActive() && !watchSuspect;
        schedulePoll(hasEvents ? POLL_INTERVAL_WITH_WATCH : POLL_INTERVAL);
    }

    private void schedulePoll(Duration delay) {
        cancelPoll.run();
        cancelPoll = timer.schedule(delay, this::poll);
    }

    private void poll() {
        SyncConnection looked = open;
        if (looked == null) {
            return;
        }
        arrivals.reset();
        long events = watchEvents.get();
        boolean silent = events == eventsAtLastPoll;
        if (watchSuspect && silent) {
            LOG.info("The drive of {} sends no change events; the folder is polled every second.", looked.location());
            pollsAlone = true;
            endWatch();
        }
        eventsAtLastPoll = events;
        boolean found = changeCheck.getAsBoolean();
        if (open == looked) {
            // If the watch reported nothing, it may have missed the change. The event may still arrive until the next
            // check.
            watchSuspect = found && silent && watch != null;
            next();
        }
    }
}
