package dev.tidemark.app.preferences;

import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Holds and changes the settings. Stores and applies every choice at once. Only a bucket and its keys are stored when
 * the user saves them. Belongs to the JavaFX thread.
 */
public final class PreferencesViewModel {
    private final SyncSetup setup;
    private final SerialTaskRunner background;
    private final SerialTaskRunner keychainTasks;
    private final ReadOnlyObjectWrapper<Settings> settings;
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> updatesProblem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<SyncTarget> target;
    private final ReadOnlyObjectWrapper<Boolean> secretKept = new ReadOnlyObjectWrapper<>(false);
    private final ReadOnlyBooleanWrapper keychainAwaited = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<String> secretLocation = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyObjectWrapper<@Nullable Boolean> autostart = new ReadOnlyObjectWrapper<>();
    private final UnlockViewModel unlock;
    private final BucketDraft bucket = new BucketDraft();
    private final ConnectionTest test;
    private final EncryptionViewModel encryption;

    /** @param blockingTasks runs work on the keychain and the storage, which may never answer */
    PreferencesViewModel(
            Settings current,
            SyncSetup setup,
            SerialTaskRunner background,
            SerialTaskRunner blockingTasks,
            ConnectionTest test) {
        this.settings = new ReadOnlyObjectWrapper<>(current);
        this.setup = setup;
        this.background = background;
        this.keychainTasks = blockingTasks;
        this.test = test;
        target = new ReadOnlyObjectWrapper<>(current.get(Setting.SYNC_TARGET));
        bucket.show(current);
        bucket.listen(test::cancel);
        unlock = new UnlockViewModel(setup, blockingTasks);
        encryption = new EncryptionViewModel(setup, blockingTasks, current, this::show);
        refreshSecretLocation();
        setup.autostart().ifPresent(file -> background.run(file::isOn, autostart::set, this::fail));
    }

    public static PreferencesViewModel of(
            Settings current,
            SyncSetup setup,
            SerialTaskRunner background,
            SerialTaskRunner blockingTasks,
            java.util.concurrent.Executor window) {
        return new PreferencesViewModel(current, setup, background, blockingTasks, ConnectionTest.onThreads(window));
    }

    /** The current settings. The property changes after each change of a setting. */
    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    public EncryptionViewModel encryption() {
        return encryption;
    }

    /** The sentence that tells why the last choice was not stored; {@code null} if the choice was stored. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The kind of storage that the page shows, even if the folder or bucket is not chosen yet. */
    ReadOnlyObjectProperty<SyncTarget> targetProperty() {
        return target.getReadOnlyProperty();
    }

    /** Whether sync uses the shown kind of storage. If not, the user is still setting up the storage. */
    boolean isTargetStored() {
        return settings.get().get(Setting.SYNC_TARGET) == target.get();
    }

    /** A sentence with the next step to set up the shown kind of storage; empty if sync uses this kind already. */
    Optional<String> nextStep() {
        return isTargetStored()
                ? Optional.empty()
                : Optional.of(Messages.text(
                        target.get() == SyncTarget.S3
                                ? Keys.SETTINGS_SYNC_CHECK_HINT
                                : Keys.SETTINGS_SYNC_CHECK_HINT_FOLDER));
    }

    ReadOnlyObjectProperty<Boolean> secretKeptProperty() {
        return secretKept.getReadOnlyProperty();
    }

    /** Whether the keychain is still storing the secret key. A locked keychain may never answer. */
    ReadOnlyBooleanProperty keychainAwaitedProperty() {
        return keychainAwaited.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<String> secretLocationProperty() {
        return secretLocation.getReadOnlyProperty();
    }

    public UnlockViewModel unlock() {
        return unlock;
    }

    BucketDraft bucket() {
        return bucket;
    }

    ConnectionTest test() {
        return test;
    }

    public void show(Settings changed) {
        boolean otherBucket = !bucketAndKeys(changed).equals(bucketAndKeys(settings.get()));
        boolean otherTarget = changed.get(Setting.SYNC_TARGET) != settings.get().get(Setting.SYNC_TARGET);
        settings.set(changed);
        // If sync is turned off elsewhere, the page still shows a storage that the user is setting up.
        if (otherTarget && (changed.get(Setting.SYNC_TARGET) != SyncTarget.OFF || isStorageConfigured(target.get()))) {
            target.set(changed.get(Setting.SYNC_TARGET));
        }
        if (otherBucket) {
            bucket.show(changed);
        }
        encryption.show(changed);
        refreshSecretLocation();
    }

    private static List<Object> bucketAndKeys(Settings of) {
        return List.of(
                of.syncBucket(),
                of.get(Setting.SYNC_S3_ACCESS_KEY),
                of.get(Setting.SYNC_S3_PATH_STYLE),
                of.get(Setting.SYNC_S3_COMPATIBILITY));
    }

    private boolean isStorageConfigured(SyncTarget wanted) {
        return switch (wanted) {
            case OFF -> true;
            case FOLDER -> settings.get().syncFolder().isPresent();
            case S3 -> settings.get().syncBucket().isPresent();
        };
    }

    /** Whether the app starts at login; {@code null} if autostart is not available or its state is not known yet. */
    ReadOnlyObjectProperty<@Nullable Boolean> autostartProperty() {
        return autostart.getReadOnlyProperty();
    }

    void setAutostart(boolean wanted) {
        problem.set(null);
        setup.autostart()
                .ifPresent(file -> background.run(
                        () -> {
                            file.set(wanted);
                            return file.isOn();
                        },
                        autostart::set,
                        this::fail));
    }

    public <E extends Enum<E>> void choose(Setting<E> setting, E value) {
        set(setting, setting.text(value));
    }

    /**
     * Turns sync off, or on with the stored folder or bucket of this kind. If none is stored, only shows the fields to
     * enter one.
     */
    void setTarget(SyncTarget wanted) {
        target.set(wanted);
        test.cancel();
        if (isStorageConfigured(wanted) && settings.get().get(Setting.SYNC_TARGET) != wanted) {
            choose(Setting.SYNC_TARGET, wanted);
        }
    }

    void setFolder(Path folder) {
        test.cancel();
        set(Setting.SYNC_FOLDER, folder.toString());
    }

    /** Renames this device. */
    public void setDeviceName(String name) {
        if (!name.isBlank() && !name.strip().equals(settings.get().get(Setting.DEVICE_NAME))) {
            set(Setting.DEVICE_NAME, name.strip());
        }
    }

    /**
     * The sentence that tells why the address of release announcements was rejected; {@code null} if the address was
     * accepted.
     */
    ReadOnlyObjectProperty<@Nullable String> updatesProblemProperty() {
        return updatesProblem.getReadOnlyProperty();
    }

    /** Sets the address of the release announcements. A blank address removes the stored address. */
    void setUpdatesUrl(String address) {
        String wanted = address.isBlank() ? "none" : address.strip();
        background.run(
                () -> setup.save(current -> current.with(Setting.UPDATES_URL, wanted), Map.of()),
                changed -> {
                    updatesProblem.set(null);
                    show(changed);
                },
                failure -> updatesProblem.set(ErrorMessages.of(failure)));
    }

    void setInterval(long seconds) {
        set(Setting.SYNC_INTERVAL, Long.toString(seconds));
    }

    /** Whether there is something to save: a valid bucket that differs from the stored one, or a new secret key. */
    boolean isBucketChanged() {
        return bucket.url().isPresent()
                && !keychainAwaited.get()
                && (bucket.differsFrom(settings.get())
                        || !bucket.secretKey.get().isEmpty());
    }

    /**
     * Stores the bucket and its keys, and syncs through the bucket. Stores the secret key last, because the keychain
     * can be slow.
     */
    void saveBucket() {
        if (bucket.url().isEmpty()) {
            return;
        }
        String typed = bucket.secretKey.get().strip();
        UnaryOperator<Settings> change = bucket.typed();
        background.run(
                () -> setup.save(change, Map.of()),
                changed -> {
                    problem.set(null);
                    show(changed);
                    if (!typed.isEmpty()) {
                        saveSecretKey(typed);
                    }
                },
                this::fail);
    }

    private void saveSecretKey(String typed) {
        keychainAwaited.set(true);
        keychainTasks.run(
                () -> setup.save(UnaryOperator.identity(), Map.of(Secret.S3_SECRET_KEY, typed.toCharArray())),
                changed -> {
                    keychainAwaited.set(false);
                    bucket.secretKey.set("");
                    show(changed);
                },
                failure -> {
                    keychainAwaited.set(false);
                    fail(failure);
                });
    }

    private void set(Setting<?> key, String value) {
        problem.set(null);
        background.run(() -> setup.save(current -> current.with(key, value), Map.of()), this::show, this::fail);
    }

    private void fail(Throwable failure) {
        problem.set(ErrorMessages.of(failure));
    }

    private void refreshSecretLocation() {
        keychainTasks.run(() -> setup.isSet(Secret.S3_SECRET_KEY), secretKept::set, this::fail);
        keychainTasks.run(
                () -> setup.secretLocation(Secret.S3_SECRET_KEY),
                location -> secretLocation.set(EncryptionViewModel.sentence(location, Secret.S3_SECRET_KEY)),
                this::fail);
    }

    /** Tests the storage that the page shows, even if it is not stored. */
    void testConnection() {
        Optional<? extends StorageUrl> place =
                target.get() == SyncTarget.S3 ? bucket.url() : settings.get().syncUrl();
        place.ifPresent(url -> {
            problem.set(null);
            Settings current = settings.get();
            UnaryOperator<Settings> typed = target.get() == SyncTarget.S3 ? bucket.typed() : UnaryOperator.identity();
            String secret = bucket.secretKey.get().strip();
            test.start(() -> setup.openForTest(url, typed.apply(current), secret));
        });
    }

    /** Sets the region that the server named, and repeats the test. */
    void useRegion(String region) {
        bucket.region.set(region);
        testConnection();
    }
}
