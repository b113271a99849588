package dev.tidemark.app.main;

import dev.tidemark.app.detail.AttachmentDesk;
import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxDelays;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.ProfileSyncSetup;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.preferences.PreferencesWindow;
import dev.tidemark.app.preferences.UnlockWindow;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsWatch;
import dev.tidemark.app.settings.WhenClosed;
import dev.tidemark.app.sync.SyncFindings;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.trouble.ErrorNotice;
import dev.tidemark.app.trouble.Trouble;
import dev.tidemark.app.trouble.TroubleHelp;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.SyncService;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The main window of a profile, from being put together to having saved everything. For the JavaFX thread. */
final class MainWindow implements AutoCloseable {
    private static final double MIN_WIDTH = 420;
    private static final double MIN_HEIGHT = 420;
    private static final KeyCombination QUIT = new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN);

    private final Composition composition;
    private final Stage stage;
    private final Path stateFile;
    private final MainViewModel model;
    private final SyncService service;
    private final SyncViewModel sync;
    private final MainView view;
    private final PreferencesViewModel preferences;
    private final Background background;
    private final Background files;
    private final Look look;
    private final TroubleHelp help;
    private final ErrorNotice notice;
    private final SizeCommands sizes;
    private @Nullable PreferencesWindow preferencesWindow;
    private @Nullable UnlockWindow unlockWindow;
    private @Nullable SettingsWatch watch;
    private @Nullable AutoCloseable listening;
    private boolean quits;
    private boolean closed;

    /**
     * @param stage the window, not shown yet
     * @param surroundings what it needs of the program and the system
     */
    MainWindow(Composition composition, Look look, Stage stage, Surroundings surroundings) {
        this.composition = composition;
        this.stage = stage;
        this.look = look;
        stateFile = composition.folders().configuration().resolve("window.properties");
        FxDelays delays = new FxDelays();
        background = Background.onThread("commands", FxExecutor.INSTANCE);
        files = Background.onThread("files", FxExecutor.INSTANCE);
        model = new MainViewModel(
                composition.database(),
                FxExecutor.INSTANCE,
                background,
                delays,
                () -> LocalDateTime.now(ZoneId.systemDefault()),
                files,
                new AttachmentDesk(
                        composition::fetch, composition.folders().cache().resolve("opened"), surroundings.opener()),
                surroundings.notifier(),
                ViewArrangements.read(composition.folders().configuration().resolve("views.properties")));
        model.endWith(surroundings.ending());
        composition.encryption().showCodesWith(this::showCode);
        composition.encryption().tellOfCodes(this::showWholeness);
        service = composition.sync();
        sync = new SyncViewModel(
                delays,
                InstantSource.system(),
                new WindowSync(
                        service,
                        composition.database(),
                        background,
                        model::report,
                        this::askForPassphrase,
                        this::offerRecoveryCode));
        preferences = PreferencesViewModel.of(
                composition.settings().read(), new ProfileSyncSetup(composition), background, FxExecutor.INSTANCE);
        preferences.settingsProperty().subscribe(settings -> look.use(settings));
        Consumer<URI> opener = surroundings.opener();
        help = new TroubleHelp(
                composition::diagnostics, composition.folders().logs(), folder -> opener.accept(folder.toUri()), files);
        notice = new ErrorNotice(help);
        sizes = new SizeCommands(preferences);
        view = new MainView(model, sync, this::openPreferences, this::openSyncPage, opener, notice, moreCommands());
        WindowState state = WindowState.read(stateFile);
        Scene scene = new Scene(view, state.width(), state.height());
        look.dress(scene);
        view.addKeys(scene);
        sizes.install(scene);
        place(state, scene);
    }

    private void place(WindowState state, Scene scene) {
        stage.setScene(scene);
        stage.setTitle(Texts.text(Keys.APP_NAME));
        WindowIcon.give(stage);
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        if (!Double.isNaN(state.x()) && !Double.isNaN(state.y())) {
            stage.setX(state.x());
            stage.setY(state.y());
        }
        stage.setMaximized(state.maximized());
        view.panes().sidebarWidthProperty().set(state.sidebar());
        view.panes().listWidthProperty().set(state.list());
        stage.setOnHiding(event -> hiding());
    }

    /** Where the person wants it, reminders and sync go on without the window. */
    private void hiding() {
        if (!quits && preferences.settingsProperty().get().whenClosed() == WhenClosed.BACKGROUND) {
            model.detail().flush();
            saveState();
            hideOthers();
        } else {
            close();
        }
    }

    /** Closes the window for good, whatever else closing it means. */
    void quit() {
        quits = true;
        if (stage.isShowing()) {
            stage.hide();
        } else {
            close();
        }
    }

    /** Whether it was closed for good. */
    boolean isClosed() {
        return closed;
    }

    /** What the window can do beside its parts. */
    private List<Command> moreCommands() {
        List<Command> more = new ArrayList<>(sizes.all());
        more.addAll(List.of(
                Command.inWindow(
                        Icons.COPY,
                        Texts.text(Keys.DIAGNOSTICS_COPY),
                        null,
                        () -> help.copyDiagnostics(() -> model.say(Texts.text(Keys.DIAGNOSTICS_TOAST)), model::report)),
                Command.inWindow(
                        Icons.FOLDER,
                        Texts.text(Keys.DIAGNOSTICS_LOG),
                        null,
                        () -> help.openLogFolder(model::report))));
        more.add(Command.inWindow(Icons.QUIT, Texts.text(Keys.COMMAND_QUIT), QUIT, this::quit));
        return more;
    }

    private PreferencesWindow preferencesWindow() {
        PreferencesWindow window = preferencesWindow;
        if (window == null) {
            window = new PreferencesWindow(preferences, sync, help, look, stage);
            preferencesWindow = window;
        }
        return window;
    }

    private void openPreferences() {
        preferencesWindow().show();
    }

    /** Opens the settings at the page about sync. */
    void openSyncPage() {
        preferencesWindow().showSync();
    }

    /** On the thread that syncs, which goes on once the code is on its way to the person. */
    private void showCode(RecoveryCode code) {
        RecoveryCode copy = RecoveryCode.parse(code.toCharArray());
        FxExecutor.INSTANCE.execute(() -> {
            preferences.encryption().show(copy);
            openSyncPage();
        });
    }

    /** On the thread that syncs. */
    private void showWholeness(boolean isCodeWhole) {
        FxExecutor.INSTANCE.execute(() -> sync.showCodes(isCodeWhole));
    }

    private void offerRecoveryCode() {
        preferences.encryption().newRecoveryCode();
        openSyncPage();
    }

    /** Asks for the passphrase, before the settings if those are open. */
    void askForPassphrase() {
        UnlockWindow window = unlockWindow;
        if (window == null) {
            window = new UnlockWindow(preferences.unlock(), look, stage);
            unlockWindow = window;
        }
        String trouble = sync.trouble();
        window.show(trouble == null ? "" : trouble);
    }

    /** What lost may have arrived without any row changing. */
    private void showSync(SyncStatus status) {
        if (!closed) {
            sync.show(SyncState.of(status, target()));
            model.conflicts().refresh();
            preferences.encryption().refresh();
            background.run(
                    () -> SyncFindings.of(composition.database(), status, Instant.now()), sync::show, model::report);
        }
    }

    private String target() {
        return preferences
                .settingsProperty()
                .get()
                .syncUrl()
                .map(StorageUrl::location)
                .orElse("");
    }

    private void endListening() {
        try {
            if (listening != null) {
                listening.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("Listening to the background sync could not be ended", e);
        }
    }

    /** Settings were changed, here or by a command. */
    private void settingsChanged(Settings settings) {
        preferences.show(settings);
        background.run(
                () -> {
                    composition.apply(settings);
                    return settings;
                },
                applied -> {},
                model::report);
    }

    /** Shows the window with the Inbox, ready for typing. */
    void show() {
        begin();
        stage.show();
        view.list().focusList();
    }

    /** Begins with reminders and sync; the window is shown later, if somebody wants it. */
    void begin() {
        model.start(new ItemView.Inbox());
        listening = service.listen(status -> FxExecutor.INSTANCE.execute(() -> showSync(status)));
        showSync(service.status());
        watch = composition.settings().watch(FxExecutor.INSTANCE, this::settingsChanged, model::report);
        stage.focusedProperty().subscribe(focused -> {
            if (focused) {
                service.attend();
            }
        });
    }

    /** Asks how to begin, if this is the first time that a window opens here, nothing is in the library, and nothing will come. */
    void welcomeNewcomer() {
        boolean opensFirst = !Files.exists(stateFile);
        if (opensFirst && composition.settings().read().syncUrl().isEmpty()) {
            model.ifNew(() -> view.welcome(this::openSyncPage));
        }
    }

    /** Says that something happened which nobody expected. */
    void show(Trouble trouble) {
        notice.show(trouble);
    }

    /** Brings the window before all others. */
    void comeForward() {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    /** The window itself. */
    Stage stage() {
        return stage;
    }

    /** The settings as the window shows them. */
    PreferencesViewModel preferences() {
        return preferences;
    }

    /** How the window shows sync. */
    SyncViewModel sync() {
        return sync;
    }

    /** The window of the settings, once it has been opened. */
    @Nullable
    PreferencesWindow openedPreferences() {
        return preferencesWindow;
    }

    /** The window that asks for the passphrase, once it has been opened. */
    @Nullable
    UnlockWindow openedUnlock() {
        return unlockWindow;
    }

    /** What the window shows. */
    MainViewModel model() {
        return model;
    }

    private void hideOthers() {
        if (preferencesWindow != null) {
            preferencesWindow.close();
        }
        if (unlockWindow != null) {
            unlockWindow.close();
        }
    }

    private void saveState() {
        Scene scene = stage.getScene();
        new WindowState(
                        stage.getX(),
                        stage.getY(),
                        scene.getWidth(),
                        scene.getHeight(),
                        view.panes().sidebarWidthProperty().get(),
                        view.panes().listWidthProperty().get(),
                        stage.isMaximized())
                .write(stateFile);
    }

    /** Saves what was typed and where the window stood. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (watch != null) {
            watch.close();
        }
        endListening();
        hideOthers();
        saveState();
        look.forget(stage.getScene());
        sync.close();
        model.close();
        files.close();
    }
}
