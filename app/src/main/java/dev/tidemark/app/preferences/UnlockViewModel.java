package dev.tidemark.app.preferences;

import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.secrets.Secret;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Unlocks the library in the configured storage with a passphrase or a recovery code. If the storage has no encrypted
 * library yet, the user types a passphrase twice to create one. Belongs to the JavaFX thread.
 */
public final class UnlockViewModel {
    private final SyncSetup setup;
    private final SerialTaskRunner background;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper creating = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<String> location = new ReadOnlyObjectWrapper<>("");

    UnlockViewModel(SyncSetup setup, SerialTaskRunner background) {
        this.setup = setup;
        this.background = background;
    }

    void begin() {
        creating.set(false);
        done.set(false);
        problem.set(null);
        background.run(
                () -> setup.secretLocation(Secret.LIBRARY_KEYS),
                secretPlace -> location.set(EncryptionViewModel.sentence(secretPlace, Secret.LIBRARY_KEYS)),
                this::fail);
    }

    /** Whether a secret is being checked, which takes about a second by design. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Whether the storage has no encrypted library yet, so that the user must type the new passphrase twice. */
    ReadOnlyBooleanProperty creatingProperty() {
        return creating.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    /**
     * The sentence that tells why the secret was rejected; {@code null} if the user submitted none or the secret was
     * accepted.
     */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<String> secretLocationProperty() {
        return location.getReadOnlyProperty();
    }

    /**
     * Unlocks the library, or creates one.
     *
     * @param repeated the second input of a new passphrase; ignored if the library exists
     */
    void submit(String typed, String repeated) {
        if (typed.isEmpty() || busy.get()) {
            return;
        }
        boolean isNew = creating.get();
        problem.set(isNew ? EncryptionViewModel.validateNew(typed, repeated) : null);
        if (problem.get() != null) {
            return;
        }
        busy.set(true);
        background.run(
                () -> {
                    if (isNew) {
                        setup.createLibrary(typed.toCharArray());
                    }
                    return isNew || setup.unlock(typed.toCharArray());
                },
                opened -> {
                    busy.set(false);
                    done.set(opened);
                    creating.set(!opened);
                },
                this::fail);
    }

    private void fail(Throwable failure) {
        busy.set(false);
        problem.set(ErrorMessages.of(failure));
    }
}
