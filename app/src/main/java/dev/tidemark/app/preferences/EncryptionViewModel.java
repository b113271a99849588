package dev.tidemark.app.preferences;

import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.secrets.PassphrasePolicy;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretLocation;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Holds and changes the encryption settings of the sync page. Belongs to the JavaFX thread. */
public final class EncryptionViewModel {
    private final SyncSetup setup;
    private final SerialTaskRunner background;
    private final Consumer<Settings> stored;
    private final ReadOnlyBooleanWrapper wanted = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper unlocked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper passphraseSet = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<String> secretLocation = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> done = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> code = new ReadOnlyObjectWrapper<>();
    private Settings settings;

    /** Whether the user turned encryption on and must still enter a passphrase. */
    private boolean awaitsPassphrase;

    EncryptionViewModel(SyncSetup setup, SerialTaskRunner background, Settings current, Consumer<Settings> stored) {
        this.setup = setup;
        this.background = background;
        this.stored = stored;
        this.settings = current;
        refresh();
    }

    /** Shows changed settings. They may have been changed in this form or elsewhere. */
    void show(Settings changed) {
        boolean isDecided = !changed.get(Setting.SYNC_ENCRYPTION).equals(settings.get(Setting.SYNC_ENCRYPTION));
        awaitsPassphrase = awaitsPassphrase && !isDecided;
        settings = changed;
        refresh();
    }

    private record Known(boolean keys, boolean passphrase, SecretLocation secretLocation) {}

    /** Reads again whether this device has the keys, because a sync may have unlocked them. */
    public void refresh() {
        Settings current = settings;
        background.run(
                () -> new Known(
                        setup.isSet(Secret.LIBRARY_KEYS),
                        setup.isSet(Secret.PASSPHRASE),
                        setup.secretLocation(Secret.LIBRARY_KEYS)),
                known -> {
                    unlocked.set(known.keys());
                    passphraseSet.set(known.passphrase());
                    secretLocation.set(sentence(known.secretLocation(), Secret.LIBRARY_KEYS));
                    boolean set = current.get(Setting.SYNC_ENCRYPTION)
                            .map(mode -> mode == EncryptionMode.AGE)
                            .orElse(known.keys() || known.passphrase());
                    wanted.set(set || awaitsPassphrase);
                },
                failure -> problem.set(ErrorMessages.of(failure)));
    }

    /** Whether the form shows encryption as on, even if the passphrase is still missing. */
    ReadOnlyBooleanProperty wantedProperty() {
        return wanted.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty unlockedProperty() {
        return unlocked.getReadOnlyProperty();
    }

    /** Whether this device has a passphrase, with which the next sync unlocks the key. */
    ReadOnlyBooleanProperty passphraseSetProperty() {
        return passphraseSet.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<String> secretLocationProperty() {
        return secretLocation.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The sentence that tells why the last action failed; {@code null} if it succeeded. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The result of the last action as a sentence; {@code null} for none. */
    ReadOnlyObjectProperty<@Nullable String> doneProperty() {
        return done.getReadOnlyProperty();
    }

    /** A new recovery code, which is shown only once; {@code null} if there is none. */
    ReadOnlyObjectProperty<@Nullable String> codeProperty() {
        return code.getReadOnlyProperty();
    }

    /** Shows a recovery code until the user confirms that it is stored. */
    public void show(RecoveryCode shown) {
        code.set(new String(shown.toCharArray()));
        refresh();
    }

    void clearCode() {
        code.set(null);
    }

    void setWanted(boolean on) {
        clear();
        awaitsPassphrase = on;
        if (!on || unlocked.get() || passphraseSet.get()) {
            save(on ? "age" : "none", Map.of());
        } else {
            wanted.set(true);
        }
    }

    /**
     * Changes the passphrase if this device has the keys. Otherwise turns encryption on, with a passphrase that the
     * user typed twice or with a recovery code.
     *
     * @param passphrase the typed passphrase or recovery code
     * @param repeated the second input of the passphrase; ignored for a recovery code
     */
    void usePassphrase(String passphrase, String repeated) {
        if (busy.get()) {
            return;
        }
        boolean opens = !unlocked.get() && RecoveryCode.isRecoveryCode(passphrase.toCharArray());
        String mistake = opens ? null : validateNew(passphrase, repeated);
        clear();
        if (mistake != null) {
            problem.set(mistake);
        } else if (unlocked.get()) {
            run(
                    Executors.callable(() -> setup.changePassphrase(passphrase.toCharArray())),
                    changed -> done.set(Messages.text(Keys.SETTINGS_CRYPT_CHANGED)));
        } else {
            save("age", Map.of(Secret.PASSPHRASE, passphrase.toCharArray()));
        }
    }

    public void newRecoveryCode() {
        createCode(setup::newRecoveryCode, null);
    }

    /**
     * Creates a key for later files, sets the library's passphrase, and shows the new recovery code.
     *
     * @param repeated the second input of the passphrase
     */
    void newKey(String passphrase, String repeated) {
        if (busy.get()) {
            return;
        }
        String mistake = validateNew(passphrase, repeated);
        if (mistake == null) {
            createCode(
                    () -> setup.rotateKey(passphrase.toCharArray()), Messages.text(Keys.SETTINGS_CRYPT_NEW_KEY_MADE));
        } else {
            clear();
            problem.set(mistake);
        }
    }

    private void createCode(Callable<RecoveryCode> work, @Nullable String sentence) {
        clear();
        run(work, created -> {
            done.set(sentence);
            show(created);
        });
    }

    /** Describes in a sentence where a secret is stored. */
    static String sentence(SecretLocation place, Secret secret) {
        return switch (place) {
            case KEYCHAIN -> Messages.text(Keys.SETTINGS_SECRET_KEYCHAIN);
            case MEMORY -> Messages.text(Keys.SETTINGS_SECRET_MEMORY);
            case ENVIRONMENT ->
                Messages.text(
                        Keys.SETTINGS_SECRET_ENVIRONMENT, secret.variable().orElse(""));
        };
    }

    /** The sentence that tells why a new passphrase is not allowed; {@code null} if it is allowed. */
    static @Nullable String validateNew(String passphrase, String repeated) {
        try {
            PassphrasePolicy.require(passphrase.toCharArray());
            PassphrasePolicy.requireSame(passphrase.toCharArray(), repeated.toCharArray());
            return null;
        } catch (SyncException | ProblemException e) {
            return ErrorMessages.of(e);
        }
    }

    private void clear() {
        problem.set(null);
        done.set(null);
    }

    private void save(String mode, Map<Secret, char[]> secrets) {
        run(() -> setup.save(current -> current.with(Setting.SYNC_ENCRYPTION, mode), secrets), stored);
    }

    private <T extends @Nullable Object> void run(Callable<T> work, Consumer<? super T> then) {
        busy.set(true);
        background.run(
                work,
                result -> {
                    busy.set(false);
                    then.accept(result);
                },
                this::fail);
    }

    private void fail(Throwable failure) {
        busy.set(false);
        problem.set(ErrorMessages.of(failure));
    }
}
