package dev.tidemark.engine.sync;

import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when to look whether others have changed something in the storage: soon after it tells so, and now and then in any
 * case. Where it tells nothing, which on drives of other machines only shows with time, that is every second. Belongs to
 * the timer's thread, but for what the storage tells.
 */
final class RemotePoller {
    private static final Logger LOG = LoggerFactory.getLogger(RemotePoller.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL_WITH_WATCH = Duration.ofSeconds(10);

    /** A folder tool brings several files, each in several steps; a change is to be seen within a second or two. */
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

    /** @param changeCheck tells whether something has changed */
    RemotePoller(SyncTimer timer, BooleanSupplier changeCheck) {
        this.timer = timer;
        this.changeCheck = changeCheck;
    }

    /** Looks after this storage from now on, if looking costs nothing there. */
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

    /** The storage is being closed. */
    void stop() {
        open = null;
        cancelPoll.run();
        endWatch();
    }

    /** Another storage is chosen, of which nothing is known yet. */
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

    /** On some thread, as often as it may be. */
    private void onWatchEvent() {
        watchEvents.incrementAndGet();
        if (noticing.compareAndSet(false, true)) {
            timer.schedule(Duration.ZERO, this::notice);
        }
    }

    private void notice() {
        noticing.set(false);
        if (open != null) {
            schedulePoll(arrivals.happened(timer.now()));
        }
    }

    private void next() {
        RemoteStorage.Watch present = watch;
        boolean isTold = present != null && present.isActive() && !watchSuspect;
        schedulePoll(isTold ? POLL_INTERVAL_WITH_WATCH : POLL_INTERVAL);
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
        arrivals.done();
        long heard = watchEvents.get();
        boolean silent = heard == eventsAtLastPoll;
        if (watchSuspect && silent) {
            LOG.info("Changes in {} are not announced by its drive; it is looked at every second.", looked.location());
            pollsAlone = true;
            endWatch();
        }
        eventsAtLastPoll = heard;
        boolean found = changeCheck.getAsBoolean();
        if (open == looked) {
            // What was found this instant may be announced in the next.
            watchSuspect = found && silent && watch != null;
            next();
        }
    }
}
