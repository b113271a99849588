package dev.tidemark.app.sync;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.palette.Command;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Contains the sync state and formats it for the window. Confined to the thread of its scheduler. */
public final class SyncViewModel implements AutoCloseable {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(20);
    private static final Duration COUNTDOWN = Duration.ofSeconds(1);

    private final ReadOnlyObjectWrapper<SyncState> state = new ReadOnlyObjectWrapper<>(SyncState.OFF);
    private final ReadOnlyObjectWrapper<Boolean> slow = new ReadOnlyObjectWrapper<>(false);
    private final ReadOnlyObjectWrapper<SyncWarnings> warnings = new ReadOnlyObjectWrapper<>(SyncWarnings.NONE);
    private final ReadOnlyObjectWrapper<Boolean> recoveryCodeValid = new ReadOnlyObjectWrapper<>(true);
    private final Scheduler delays;
    private final InstantSource clock;
    private final SyncControls controls;
    private final SyncIssues issues;
    private Scheduler.ScheduledTask untilSlow = () -> {};
    private Scheduler.ScheduledTask untilStale = () -> {};

    /** The last state without a running sync. The window shows it during a sync, until the sync shows its progress. */
    private SyncState lastIdleState = SyncState.OFF;

    private @Nullable Instant offlineSince;

    public SyncViewModel(Scheduler delays, InstantSource clock, SyncControls controls) {
        this.delays = delays;
        this.clock = clock;
        this.controls = controls;
        issues = new SyncIssues(controls, state::get, warnings, recoveryCodeValid::get);
    }

    /** The sync state. Notifies its listeners periodically even if it stays equal, because its text shows times. */
    public ReadOnlyObjectProperty<SyncState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether a sync has been running for over a second, so that the window shows its progress. */
    public ReadOnlyObjectProperty<Boolean> slowProperty() {
        return slow.getReadOnlyProperty();
    }

    /** Warnings about other devices. Also notifies its listeners if only a confirmation has changed. */
    public ReadOnlyObjectProperty<SyncWarnings> warningsProperty() {
        return warnings.getReadOnlyProperty();
    }

    /** Whether one recovery code unlocks the whole library. */
    public ReadOnlyObjectProperty<Boolean> recoveryCodeValidProperty() {
        return recoveryCodeValid.getReadOnlyProperty();
    }

    public void show(SyncState next) {
        boolean begins = next.running() && !state.get().running();
        if (begins) {
            untilSlow.cancel();
            untilSlow = delays.schedule(SLOW, () -> slow.set(state.get().running()));
        }
        if (!next.running()) {
            untilSlow.cancel();
            slow.set(false);
            lastIdleState = next;
            boolean offline = next.state() == SyncStatus.State.OFFLINE;
            offlineSince = !offline ? null : offlineSince == null ? clock.instant() : offlineSince;
        }
        state.set(next);
        untilStale.cancel();
        untilStale = delays.schedule(next.retryAt() == null ? REFRESH : COUNTDOWN, this::refresh);
    }

    public void show(SyncWarnings found) {
        issues.show(found);
    }

    /**
     * Sets whether one recovery code unlocks the whole library. No code does if two devices created the library
     * concurrently.
     */
    public void setRecoveryCodeValid(boolean isWhole) {
        recoveryCodeValid.set(isWhole);
    }

    /** Makes listeners format the state again, because its text depends on the current time. */
    private void refresh() {
        show(state.get().again());
    }

    /** Starts a sync if a storage is configured. */
    public void syncNow() {
        if (state.get().on()) {
            controls.syncNow();
        }
    }

    /** Returns the command that pauses or resumes sync; empty if no storage is configured. */
    public List<Command> commands() {
        if (!state.get().on()) {
            return List.of();
        }
        return List.of(
                state.get().state() == SyncStatus.State.PAUSED
                        ? Command.inWindow(Icons.SYNC, Messages.text(Keys.COMMAND_SYNC_RESUME), null, controls::resume)
                        : Command.inWindow(
                                Icons.PAUSED, Messages.text(Keys.COMMAND_SYNC_PAUSE), null, controls::pause));
    }

    /** Asks the user for the passphrase or a recovery code. */
    public void enterPassphrase() {
        controls.enterPassphrase();
    }

    /** Returns whether sync needs the passphrase or a recovery code. */
    public boolean asksForPassphrase() {
        return state.get().remedies().contains(SyncRemedy.PASSPHRASE);
    }

    SyncControls controls() {
        return controls;
    }

    /** Returns the problem in full sentences; {@code null} if there is none. */
    public @Nullable String issueText() {
        return issues.sentences();
    }

    /** Returns the actions for the problem, with the recommended action first; empty if there is none. */
    public List<SyncAction> actions() {
        return issues.actions();
    }

    /** Returns the status as one short sentence. */
    public String sentence() {
        SyncState now = state.get();
        if (now.running() && slow.get()) {
            return SyncText.runningWithBytes(now.transfer());
        }
        MassDelete deleted = issues.deletion();
        if (deleted != null) {
            return SyncText.deletion(deleted);
        }
        SyncState shownState = shownState();
        if (!isQuiet(shownState)) {
            return statusText(shownState);
        }
        return shownState.problem() != null || !warnings.get().clocks().isEmpty()
                ? Messages.text(Keys.SYNC_WARNING)
                : recoveryCodeValid.get() ? statusText(shownState) : Messages.text(Keys.SYNC_CODE);
    }

    /** Returns the status for the sidebar: the sentence without the number of bytes. */
    public String shortSentence() {
        SyncState now = state.get();
        return now.running() && slow.get() ? SyncText.running(now.transfer()) : sentence();
    }

    /** Returns whether sync works normally, that is, whether it is idle or running. */
    private static boolean isQuiet(SyncState shownState) {
        return shownState.state() == SyncStatus.State.IDLE || shownState.state() == SyncStatus.State.SYNCING;
    }

    /** Returns whether sync works normally but there is a warning. */
    private boolean warns() {
        SyncState shownState = shownState();
        boolean hasFastClock = !warnings.get().clocks().isEmpty();
        return isQuiet(shownState) && (!recoveryCodeValid.get() || hasFastClock || shownState.problem() != null);
    }

    /** Returns the state to show. During a sync, this is the last state before the sync, unless sync was off then. */
    private SyncState shownState() {
        SyncState now = state.get();
        return now.running() && lastIdleState.on() ? lastIdleState : now;
    }

    private String statusText(SyncState now) {
        return switch (now.state()) {
            case OFF -> Messages.text(Keys.SYNC_OFF);
            case OFFLINE -> Messages.text(Keys.SYNC_OFFLINE, since(offlineSince));
            case RETRYING -> SyncText.retrying(timeUntil(now.retryAt()));
            case NEEDS_ATTENTION -> Messages.text(Keys.SYNC_ATTENTION);
            case PAUSED -> Messages.text(Keys.SYNC_PAUSED);
            case IDLE, SYNCING -> idle(now);
        };
    }

    private String idle(SyncState now) {
        if (state.get().pending() > 0) {
            return Messages.text(Keys.SYNC_PENDING, state.get().pending());
        }
        Instant last = now.lastSuccess();
        return last == null ? Messages.text(Keys.SYNC_NEVER) : lastSuccess(last);
    }

    private Duration timeUntil(@Nullable Instant moment) {
        return moment == null ? Duration.ZERO : Duration.between(clock.instant(), moment);
    }

    private String since(@Nullable Instant moment) {
        Instant current = clock.instant();
        return SyncText.since(moment == null ? current : moment, current, ZoneId.systemDefault());
    }

    private String lastSuccess(Instant last) {
        String ago = ago(last);
        return ago.equals(Messages.text(Keys.TIME_NOW))
                ? Messages.text(Keys.SYNC_NOW)
                : Messages.text(Keys.SYNC_AT, ago);
    }

    private String ago(Instant moment) {
        return RelativeTimeFormat.of(moment, clock.instant(), ZoneId.systemDefault());
    }

    /** Returns a sentence that says when a sync last succeeded; {@code null} if no sync has succeeded. */
    @Nullable
    String lastSuccessSentence() {
        Instant last = state.get().lastSuccess();
        return last == null ? null : Messages.text(Keys.SYNC_PANEL_LAST, ago(last));
    }

    public String icon() {
        SyncState now = state.get();
        if (now.running() && slow.get()) {
            return Icons.SYNC;
        }
        if (issues.deletion() != null || warns()) {
            return Icons.PROBLEM;
        }
        return switch (shownState().state()) {
            case OFF -> Icons.SYNC_OFF;
            case OFFLINE -> Icons.OFFLINE;
            case RETRYING, NEEDS_ATTENTION -> Icons.PROBLEM;
            case PAUSED -> Icons.PAUSED;
            case IDLE, SYNCING -> now.pending() > 0 || now.lastSuccess() == null ? Icons.PENDING : Icons.SYNCED;
        };
    }

    /** Returns whether the user should act. */
    boolean needsAttention() {
        SyncStatus.State shown = shownState().state();
        return !slow.get()
                && (issues.deletion() != null
                        || warns()
                        || shown == SyncStatus.State.NEEDS_ATTENTION
                        || shown == SyncStatus.State.RETRYING);
    }

    @Override
    public void close() {
        untilSlow.cancel();
        untilStale.cancel();
    }
}
