package dev.tidemark.app.sync;

import dev.tidemark.app.detail.AgoText;
import dev.tidemark.app.fx.Delays;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Says how sync stands. Belongs to the thread of its delays. */
public final class SyncViewModel implements AutoCloseable {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(20);

    private final ReadOnlyObjectWrapper<SyncState> state = new ReadOnlyObjectWrapper<>(SyncState.OFF);
    private final ReadOnlyObjectWrapper<Boolean> slow = new ReadOnlyObjectWrapper<>(false);
    private final Delays delays;
    private final InstantSource clock;
    private final Runnable syncNow;
    private Delays.Pending untilSlow = () -> {};
    private Delays.Pending untilStale = () -> {};

    /** @param syncNow begins a sync */
    public SyncViewModel(Delays delays, InstantSource clock, Runnable syncNow) {
        this.delays = delays;
        this.clock = clock;
        this.syncNow = syncNow;
    }

    /** How it stands. Set anew from time to time, because what it says depends on the time. */
    public ReadOnlyObjectProperty<SyncState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether a sync has been running for over a second, which is when progress is worth showing. */
    public ReadOnlyObjectProperty<Boolean> slowProperty() {
        return slow.getReadOnlyProperty();
    }

    /** Takes the present state. */
    public void show(SyncState next) {
        boolean begins = next.running() && !state.get().running();
        if (begins) {
            untilSlow.cancel();
            untilSlow = delays.after(SLOW, () -> slow.set(state.get().running()));
        }
        if (!next.running()) {
            untilSlow.cancel();
            slow.set(false);
        }
        state.set(next);
        untilStale.cancel();
        untilStale = delays.after(REFRESH, this::refresh);
    }

    /** The sentence depends on the time; saying it again is what keeps it true. */
    private void refresh() {
        SyncState present = state.get();
        state.set(SyncState.OFF);
        show(present);
    }

    /** Begins a sync, if there is something to sync with. */
    public void syncNow() {
        if (state.get().on()) {
            syncNow.run();
        }
    }

    /** The one short sentence. */
    public String sentence() {
        SyncState now = state.get();
        String problem = now.problem();
        if (!now.on()) {
            return Texts.text(Keys.SYNC_OFF);
        }
        if (now.running() && slow.get()) {
            return running(now);
        }
        if (problem != null) {
            return Texts.text(Keys.SYNC_PROBLEM, problem);
        }
        if (now.pending() > 0) {
            return Texts.text(Keys.SYNC_PENDING, now.pending());
        }
        Instant last = now.lastSuccess();
        return last == null ? Texts.text(Keys.SYNC_NEVER) : lastSuccess(last);
    }

    private static String running(SyncState now) {
        if (now.pulled() > 0) {
            return Texts.text(Keys.SYNC_RUNNING_PULLING, now.pulled());
        }
        return now.pushed() > 0 ? Texts.text(Keys.SYNC_RUNNING_PUSHING, now.pushed()) : Texts.text(Keys.SYNC_RUNNING);
    }

    private String lastSuccess(Instant last) {
        String ago = ago(last);
        return ago.equals(Texts.text(Keys.TIME_NOW)) ? Texts.text(Keys.SYNC_NOW) : Texts.text(Keys.SYNC_AT, ago);
    }

    private String ago(Instant moment) {
        return AgoText.of(moment, clock.instant(), ZoneId.systemDefault());
    }

    /** When it last worked, for the panel; {@code null} if never. */
    @Nullable
    String lastSuccessSentence() {
        Instant last = state.get().lastSuccess();
        return last == null ? null : Texts.text(Keys.SYNC_PANEL_LAST, ago(last));
    }

    /** The icon that goes with the sentence. */
    public String icon() {
        SyncState now = state.get();
        if (!now.on()) {
            return Icons.SYNC_OFF;
        }
        if (now.running() && slow.get()) {
            return Icons.SYNC;
        }
        if (now.problem() != null) {
            return Icons.PROBLEM;
        }
        return now.pending() > 0 || now.lastSuccess() == null ? Icons.PENDING : Icons.SYNCED;
    }

    @Override
    public void close() {
        untilSlow.cancel();
        untilStale.cancel();
    }
}
