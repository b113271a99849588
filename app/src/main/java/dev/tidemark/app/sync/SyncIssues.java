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

/**
 * Describes the current sync problem and offers actions against the problem. Confined to the thread of the {@link
 * SyncViewModel}.
 */
final class SyncIssues {
    private final SyncControls controls;
    private final Supplier<SyncState> state;
    private final ObjectProperty<SyncWarnings> findings;
    private final Supplier<Boolean> recoveryCodeValid;
    private @Nullable MassDelete accepted;

    /** The device whose retirement the user must confirm; {@code null} for none. */
    private @Nullable OtherDevice retiring;

    /**
     * @param findings warnings about other devices; set to an equal copy when a confirmation changes
     * @param recoveryCodeValid whether one recovery code unlocks the whole library
     */
    SyncIssues(
            SyncControls controls,
            Supplier<SyncState> state,
            ObjectProperty<SyncWarnings> findings,
            Supplier<Boolean> recoveryCodeValid) {
        this.controls = controls;
        this.state = state;
        this.findings = findings;
        this.recoveryCodeValid = recoveryCodeValid;
    }

    void show(SyncWarnings found) {
        // A confirmation applies only to the device that it names.
        retiring = Objects.equals(retiring, found.blocker()) ? retiring : null;
        findings.set(found);
    }

    /**
     * Returns the last deletion of most of the library by another device; {@code null} if there is none or the user
     * accepted the deletion.
     */
    @Nullable
    MassDelete deletion() {
        MassDelete deleted = findings.get().deletion();
        return deleted == null || deleted.equals(accepted) ? null : deleted;
    }

    /** Returns the problem in full sentences; {@code null} if there is none. */
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
        return recoveryCodeValid.get() ? null : Messages.text(Keys.SYNC_PANEL_CODE);
    }

    /** Returns the actions for the problem, with the recommended action first; empty if there is none. */
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
        return recoveryCodeValid.get() || !findings.get().clocks().isEmpty()
                ? List.of()
                : List.of(action("code", Keys.SETTINGS_CRYPT_NEW_CODE, controls::newRecoveryCode));
    }

    /**
     * Returns the actions that retire a device. The first action asks for confirmation, because retirement cannot be
     * undone.
     */
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
        notifyListeners();
    }

    /** Sets an equal new object, because setting the same object would not notify the listeners. */
    private void notifyListeners() {
        SyncWarnings known = findings.get();
        findings.set(new SyncWarnings(known.deletion(), known.clocks(), known.blocker()));
    }

    private Optional<SyncAction> remedy(SyncRemedy remedy) {
        return switch (remedy) {
            case PUBLISH -> Optional.of(action("publish", Keys.SYNC_PANEL_PUBLISH, controls::uploadAgain));
            case CONNECT -> Optional.of(action("connect", Keys.SYNC_PANEL_CONNECT, controls::connect));
            case PASSPHRASE -> Optional.of(action("passphrase", Keys.SYNC_PANEL_PASSPHRASE, controls::enterPassphrase));
            // The panel always has a button for the settings.
            case SETTINGS -> Optional.empty();
        };
    }

    private static SyncAction action(String id, String key, Runnable action) {
        return new SyncAction(id, Messages.text(key), action, false);
    }

    private void undoDeletion() {
        MassDelete current = deletion();
        if (current != null) {
            acceptDeletion();
            controls.undo(current);
        }
    }

    /** Hides the warning, because the deletion is intended or being undone. */
    private void acceptDeletion() {
        accepted = deletion();
        notifyListeners();
    }
}
