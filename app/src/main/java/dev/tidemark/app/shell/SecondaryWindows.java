package dev.tidemark.app.shell;

import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.preferences.PreferencesWindow;
import dev.tidemark.app.preferences.UnlockWindow;
import dev.tidemark.app.sync.SyncViewModel;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Opens the settings window and the unlock window. Creates each window on first use. For the JavaFX thread. */
final class SecondaryWindows {
    private final PreferencesViewModel preferences;
    private final SyncViewModel sync;
    private final PreferencesWindow.Data data;
    private final PreferencesWindow.About about;
    private final ThemeManager themes;
    private final Stage owner;
    private @Nullable PreferencesWindow settings;
    private @Nullable UnlockWindow unlock;

    /** @param owner the main window */
    SecondaryWindows(
            PreferencesViewModel preferences,
            SyncViewModel sync,
            PreferencesWindow.Data data,
            PreferencesWindow.About about,
            ThemeManager themes,
            Stage owner) {
        this.data = data;
        this.preferences = preferences;
        this.sync = sync;
        this.about = about;
        this.themes = themes;
        this.owner = owner;
    }

    void openSettings() {
        settingsWindow().show();
    }

    void openSyncPage() {
        settingsWindow().showSync();
    }

    void openAbout() {
        settingsWindow().showAbout();
    }

    private PreferencesWindow settingsWindow() {
        PreferencesWindow window = settings;
        if (window == null) {
            window = new PreferencesWindow(preferences, sync, data, about, themes, owner);
            settings = window;
        }
        return window;
    }

    /** Opens the unlock window, which asks for the passphrase. */
    void askForPassphrase() {
        UnlockWindow window = unlock;
        if (window == null) {
            window = new UnlockWindow(preferences.unlock(), themes, owner);
            unlock = window;
        }
        String issue = sync.issueText();
        window.show(issue == null ? "" : issue);
    }

    @Nullable
    PreferencesWindow openedSettings() {
        return settings;
    }

    @Nullable
    UnlockWindow openedUnlock() {
        return unlock;
    }

    void close() {
        if (settings != null) {
            settings.close();
        }
        if (unlock != null) {
            unlock.close();
        }
    }
}
