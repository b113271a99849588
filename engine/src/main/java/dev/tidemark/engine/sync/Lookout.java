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
final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_WHERE_TOLD = Duration.ofSeconds(10);

    /** A folder tool brings several files, each in several steps; a change is to be seen within a second or two. */
    private final Debounce arrivals = new Debounce(Duration.ofMillis(500), Duration.ofSeconds(3));

    private final SyncTimer timer;
    private final BooleanSupplier look;
    private final AtomicLong told = new AtomicLong();
    private final AtomicBoolean noticing = new AtomicBoolean();
    private @Nullable SyncConnection open;
    private RemoteStorage.@Nullable Watch watch;
    private Runnable cancelLook = () -> {};
    private boolean pollsAlone;
    private long toldAtLastLook;
    private boolean suspicious;

    /** @param look tells whether something has changed */
    Lookout(SyncTimer timer, BooleanSupplier look) {
        this.timer = timer;
        this.look = look;
    }

    /** Looks after this storage from now on, if looking costs nothing there. */
    void begin(SyncConnection connection) {
        if (!connection.looksFreely()) {
            return;
        }
        open = connection;
        if (!pollsAlone) {
            watch = connection.library().watch(this::tell).orElse(null);
            pollsAlone = watch == null;
        }
        next();
    }

    /** The storage is being closed. */
    void end() {
        open = null;
        cancelLook.run();
        endWatch();
    }

    /** Another storage is chosen, of which nothing is known yet. */
    void forget() {
        pollsAlone = false;
    }

    private void endWatch() {
        RemoteStorage.Watch ended = watch;
        watch = null;
        suspicious = false;
        if (ended != null) {
            ended.close();
        }
    }

    /** On some thread, as often as it may be. */
    private void tell() {
        told.incrementAndGet();
        if (noticing.compareAndSet(false, true)) {
            timer.schedule(Duration.ZERO, this::notice);
        }
    }

    private void notice() {
        noticing.set(false);
        if (open != null) {
            lookIn(arrivals.happened(timer.now()));
        }
    }

    private void next() {
        RemoteStorage.Watch present = watch;
        boolean isTold = present != null && present.isWorking() && !suspicious;
        lookIn(isTold ? LOOK_WHERE_TOLD : LOOK);
    }

    private void lookIn(Duration delay) {
        cancelLook.run();
        cancelLook = timer.schedule(delay, this::lookAround);
    }

    private void lookAround() {
        SyncConnection looked = open;
        if (looked == null) {
            return;
        }
        arrivals.done();
        long heard = told.get();
        boolean silent = heard == toldAtLastLook;
        if (suspicious && silent) {
            LOG.info("Changes in {} are not announced by its drive; it is looked at every second.", looked.location());
            pollsAlone = true;
            endWatch();
        }
        toldAtLastLook = heard;
        boolean found = look.getAsBoolean();
        if (open == looked) {
            // What was found this instant may be announced in the next.
            suspicious = found && silent && watch != null;
            next();
        }
    }
}
