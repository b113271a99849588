package dev.tidemark.app.sync;

import dev.tidemark.app.sync.SyncWarnings.OtherDevice;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/** What is wrong with sync, in words, and what can be done about it. Belongs to the thread of the {@link SyncViewModel}. */
final class SyncIssues {
    private final SyncControls controls;
    private final Supplier<SyncState> state;
    private final ObjectProperty<SyncWarnings> findings;
    private final Supplier<Boolean> codeWhole;
    private @Nullable MassDelete accepted;

    /** The device that the person wants to retire and has not said that it is meant; {@code null} if none. */
    private @Nullable OtherDevice retiring;

    /**
     * @param controls what the buttons do
     * @param findings what is known of other devices; set anew when something has to be said in another way
     * @param codeWhole whether one recovery code opens the whole library
     */
    SyncIssues(
            SyncControls controls,
            Supplier<SyncState> state,
            ObjectProperty<SyncWarnings> findings,
            Supplier<Boolean> codeWhole) {
        this.controls = controls;
        this.state = state;
        this.findings = findings;
        this.codeWhole = codeWhole;
    }

    /** Takes what is known of other devices. */
    void show(SyncWarnings found) {
        // What was asked about one device is not meant of another one.
        retiring = Objects.equals(retiring, found.blocker()) ? retiring : null;
        findings.set(found);
    }

    /** What another device deleted, most of the library, and nobody has said anything about. */
    @Nullable
    MassDelete deletion() {
        MassDelete deleted = findings.get().deletion();
        return deleted == null || deleted.equals(accepted) ? null : deleted;
    }

    /** What is wrong, in whole sentences; {@code null} if nothing is that a person should know. */
    @Nullable
    String sentences() {
        MassDelete deleted = deletion();
        if (deleted != null) {
            return SyncText.deletion(deleted) + ". " + Messages.text(Keys.SYNC_PANEL_DELETED);
        }
        if (!state.get().on()) {
            return null;
        }
        String problem = state.get().problem();
        OtherDevice blocker = findings.get().blocker();
        if (problem != null) {
            String remedy = retiring != null ? Keys.SYNC_PANEL_RETIRE_MEANS : Keys.SYNC_PANEL_BLOCKED;
            return blocker == null ? problem : problem + " " + Messages.text(remedy, blocker.name());
        }
        if (!findings.get().clocks().isEmpty()) {
            return SyncText.clocks(findings.get().clocks());
        }
        return codeWhole.get() ? null : Messages.text(Keys.SYNC_PANEL_CODE);
    }

    /** What can be done about it, best first; empty if only waiting helps, or nothing. */
    List<SyncAction> actions() {
        if (deletion() != null) {
            return List.of(
                    action("undo", Keys.SYNC_PANEL_DELETED_UNDO, this::undoDeletion),
                    action("accept", Keys.SYNC_PANEL_DELETED_KEEP, this::acceptDeletion));
        }
        if (!state.get().on()) {
            return List.of();
        }
        if (state.get().problem() != null) {
            OtherDevice blocker = findings.get().blocker();
            return blocker == null
                    ? state.get().remedies().stream()
                            .flatMap(remedy -> remedy(remedy).stream())
                            .toList()
                    : retirement(blocker);
        }
        return codeWhole.get() || !findings.get().clocks().isEmpty()
                ? List.of()
                : List.of(action("code", Keys.SETTINGS_CRYPT_NEW_CODE, controls::newRecoveryCode));
    }

    /** It cannot be taken back, so it is asked for twice. */
    private List<SyncAction> retirement(OtherDevice device) {
        if (retiring == null) {
            String text = Messages.text(Keys.SYNC_PANEL_RETIRE, device.name());
            return List.of(new SyncAction("retire", text, () -> setRetiring(device), true));
        }
        Runnable retire = () -> {
            setRetiring(null);
            controls.retire(device.replica());
        };
        return List.of(
                new SyncAction("retire-sure", Messages.text(Keys.SYNC_PANEL_RETIRE_SURE, device.name()), retire, false),
                new SyncAction("retire-not", Messages.text(Keys.SYNC_PANEL_RETIRE_NOT), () -> setRetiring(null), true));
    }

    private void setRetiring(@Nullable OtherDevice device) {
        retiring = device;
        sayAnew();
    }

    /** As equal values tell nobody anything. */
    private void sayAnew() {
        SyncWarnings known = findings.get();
        findings.set(new SyncWarnings(known.deletion(), known.clocks(), known.blocker()));
    }

    private Optional<SyncAction> remedy(SyncRemedy remedy) {
        return switch (remedy) {
            case PUBLISH -> Optional.of(action("publish", Keys.SYNC_PANEL_PUBLISH, controls::uploadAgain));
            case CONNECT -> Optional.of(action("connect", Keys.SYNC_PANEL_CONNECT, controls::connect));
            case PASSPHRASE -> Optional.of(action("passphrase", Keys.SYNC_PANEL_PASSPHRASE, controls::enterPassphrase));
            // The way to the settings is there in any case.
            case SETTINGS -> Optional.empty();
        };
    }

    private static SyncAction action(String id, String key, Runnable action) {
        return new SyncAction(id, Messages.text(key), action, false);
    }

    private void undoDeletion() {
        MassDelete present = deletion();
        if (present != null) {
            acceptDeletion();
            controls.undo(present);
        }
    }

    /** It was meant. */
    private void acceptDeletion() {
        accepted = deletion();
        sayAnew();
    }
}
