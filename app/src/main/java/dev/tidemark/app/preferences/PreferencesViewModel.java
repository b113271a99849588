package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What can be set. Every choice is stored and applied at once. Belongs to the thread of the window. */
public final class PreferencesViewModel {
    /** Stores one setting and applies it. */
    @FunctionalInterface
    public interface Store {
        /** Returns all settings after it. */
        Settings set(SettingsKey key, String value);
    }

    private final Store store;
    private final Function<Path, RemoteStorage> open;
    private final Background background;
    private final ReadOnlyObjectWrapper<Settings> settings;
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<FolderTest.@Nullable Outcome> tested = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Boolean> testing = new ReadOnlyObjectWrapper<>(false);
    private final ReadOnlyObjectWrapper<Boolean> folderWanted;

    /**
     * @param present the settings as they are
     * @param store stores and applies a setting
     * @param open opens a folder as a storage
     * @param background where the test runs
     */
    public PreferencesViewModel(
            Settings present, Store store, Function<Path, RemoteStorage> open, Background background) {
        this.settings = new ReadOnlyObjectWrapper<>(present);
        this.store = store;
        this.open = open;
        this.background = background;
        folderWanted = new ReadOnlyObjectWrapper<>(present.syncTarget() == SyncTarget.FOLDER);
    }

    /** The settings, live. */
    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    /** Why the last choice could not be stored, in a sentence; {@code null} if it could. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What came of the last test; {@code null} if there was none since the folder was chosen. */
    ReadOnlyObjectProperty<FolderTest.@Nullable Outcome> testedProperty() {
        return tested.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Boolean> testingProperty() {
        return testing.getReadOnlyProperty();
    }

    /** Whether the page is about a folder, also while none has been chosen yet. */
    ReadOnlyObjectProperty<Boolean> folderWantedProperty() {
        return folderWanted.getReadOnlyProperty();
    }

    /** Takes settings that were changed elsewhere. */
    public void show(Settings changed) {
        settings.set(changed);
        folderWanted.set(changed.syncTarget() == SyncTarget.FOLDER
                || (folderWanted.get() && changed.syncFolder().isEmpty()));
    }

    void setTheme(Theme theme) {
        set(SettingsKey.THEME, theme.name().toLowerCase(Locale.ROOT));
    }

    /** Turns sync off, or on with the folder that was chosen before; without one, a folder has to be chosen first. */
    void setTarget(SyncTarget target) {
        folderWanted.set(target == SyncTarget.FOLDER);
        boolean possible =
                target == SyncTarget.OFF || settings.get().syncFolder().isPresent();
        if (possible && settings.get().syncTarget() != target) {
            set(SettingsKey.SYNC_TARGET, target.name().toLowerCase(Locale.ROOT));
        }
    }

    void setFolder(Path folder) {
        tested.set(null);
        set(SettingsKey.SYNC_FOLDER, folder.toString());
    }

    void setDeviceName(String name) {
        if (!name.isBlank() && !name.strip().equals(settings.get().deviceName())) {
            set(SettingsKey.DEVICE_NAME, name.strip());
        }
    }

    void setInterval(long seconds) {
        set(SettingsKey.SYNC_INTERVAL, Long.toString(seconds));
    }

    private void set(SettingsKey key, String value) {
        background.run(
                () -> store.set(key, value),
                changed -> {
                    problem.set(null);
                    show(changed);
                },
                failure -> problem.set(Sentences.of(failure)));
    }

    /** Tries out the chosen folder. */
    void test() {
        settings.get().syncFolder().ifPresent(folder -> {
            testing.set(true);
            tested.set(null);
            background.run(
                    () -> testFolder(folder),
                    this::finish,
                    failure -> finish(new FolderTest.Outcome(false, Sentences.of(failure))));
        });
    }

    private FolderTest.Outcome testFolder(Path folder) {
        try (RemoteStorage storage = open.apply(folder)) {
            return FolderTest.run(storage);
        }
    }

    private void finish(FolderTest.Outcome outcome) {
        testing.set(false);
        tested.set(outcome);
    }
}
