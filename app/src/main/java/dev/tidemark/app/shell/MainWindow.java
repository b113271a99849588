package dev.tidemark.app.shell;

import dev.tidemark.app.activity.ActivityViewModel;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.backup.BackupsViewModel;
import dev.tidemark.app.backup.DailyBackup;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.detail.AttachmentsViewModel;
import dev.tidemark.app.devices.DevicesViewModel;
import dev.tidemark.app.diagnostics.Version;
import dev.tidemark.app.errors.ErrorHelp;
import dev.tidemark.app.errors.ErrorNotice;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.exporting.ExportDialog;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.app.importing.ImportCard;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.model.Erasure;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.preferences.PreferencesWindow;
import dev.tidemark.app.print.Printing;
import dev.tidemark.app.repair.LibraryRepair;
import dev.tidemark.app.repair.RebuildText;
import dev.tidemark.app.repair.RepairText;
import dev.tidemark.app.repair.RepairViewModel;
import dev.tidemark.app.repair.WeeklyCheck;
import dev.tidemark.app.retention.DailyTruncation;
import dev.tidemark.app.retention.LogRetention;
import dev.tidemark.app.retention.SizesViewModel;
import dev.tidemark.app.settings.BackupSchedule;
import dev.tidemark.app.settings.CloseBehavior;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsWatcher;
import dev.tidemark.app.settings.StartView;
import dev.tidemark.app.sync.SyncControls;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.updates.UpdateLine;
import dev.tidemark.app.updates.UpdatesViewModel;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Creates, shows and closes the main window of a profile. For the JavaFX thread. */
public final class MainWindow implements AutoCloseable {
    private static final KeyCombination QUIT = new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN);

    /** The longest wait for the keychain and for downloads when the window closes. Neither has unsaved data. */
    private static final Duration LAST_WORK = Duration.ofSeconds(1);

    /** The weekly check begins after this time without input. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final AppContext context;
    private final Stage stage;
    private final MainViewModel model;
    private final SyncViewModel sync;
    private final SyncStatusListener syncListener;
    private final MainView view;
    private final WindowPlacement placement;
    private final PreferencesViewModel preferences;
    private final SecondaryWindows others;
    private final SerialTaskRunner background;
    private final SerialTaskRunner files;
    private final SerialTaskRunner keychainTasks;
    private final SerialTaskRunner downloads;
    private final ThemeManager themes;
    private final ErrorHelp help;
    private final ErrorNotice notice;
    private final AppearanceCommands appearance;
    private final Supplier<ZonedDateTime> clock;
    private final UpdatesViewModel updates;
    private @Nullable SettingsWatcher watch;
    private final SerialTaskRunner checks;
    private final WeeklyCheck weekly;
    private final UserActivity userActivity = new UserActivity(System::nanoTime);
    private Subscription erasing = () -> {};
    private boolean quits;
    private boolean closed;

    /** @param stage the window, not shown yet */
    MainWindow(AppContext context, ThemeManager themes, Stage stage, PlatformServices services) {
        this.context = context;
        this.stage = stage;
        this.themes = themes;
        clock = services.clock();
        Path configuration = context.folders().configuration();
        Scheduler delays = FxExecutor.INSTANCE;
        background = SerialTaskRunner.onThread("commands", FxExecutor.INSTANCE);
        files = SerialTaskRunner.onThread("files", FxExecutor.INSTANCE);
        keychainTasks = SerialTaskRunner.onThread("secrets", FxExecutor.INSTANCE);
        downloads = SerialTaskRunner.onThread("downloads", FxExecutor.INSTANCE);
        Backups backups = new Backups(context.folders(), context.clock());
        DailyBackup daily = new DailyBackup(
                backups,
                context.database(),
                () -> context.settings().read().get(Setting.BACKUPS) == BackupSchedule.DAILY,
                files,
                this::reportBackup);
        LibraryRepair repair = new LibraryRepair(backups, context.database());
        checks = SerialTaskRunner.onThread("checks", FxExecutor.INSTANCE);
        weekly = new WeeklyCheck(repair, checks, () -> userActivity.isIdle(IDLE), this::showFound, this::reportBackup);
        DailyTruncation truncation = new DailyTruncation(
                new LogRetention(context.database(), context.clock()),
                () -> context.settings().read().get(Setting.HISTORY_RETENTION),
                files,
                this::reportBackup);
        model = new MainViewModel(
                context.database(),
                new MainViewModel.Threads(FxExecutor.INSTANCE, background, files, delays, clock),
                new MainViewModel.Services(
                        new AttachmentsViewModel.Services(
                                context::fetch, downloads, context.openedCopies(), services.opener()),
                        (heading, line) -> services.notifier()
                                .showNotification(
                                        heading, line, () -> FxExecutor.INSTANCE.execute(this::showReminders)),
                        reports -> new Printing(
                                context.database(),
                                background,
                                files,
                                services.printService(),
                                context.openedCopies(),
                                stage,
                                reports::showMessage,
                                reports::report),
                        context::purges,
                        () -> {
                            daily.runIfDue();
                            truncation.runIfDue();
                            weekly.runIfDue();
                        },
                        services.fatalErrorHandler()),
                ViewOptionsStore.read(configuration.resolve("views.properties")));
        context.encryption().showCodesWith(this::showCode);
        context.encryption().setRecoveryCodeListener(this::showRecoveryCodeValidity);
        InstantSource instants = () -> clock.get().toInstant();
        SyncControls controls = new ServiceSyncControls(
                context.sync(),
                context.database(),
                background,
                model::report,
                this::askForPassphrase,
                this::offerRecoveryCode);
        sync = new SyncViewModel(delays, instants, controls);
        preferences = PreferencesViewModel.of(
                context.settings().read(), new SyncSetup(context), background, keychainTasks, FxExecutor.INSTANCE);
        preferences.settingsProperty().subscribe(settings -> themes.applySettings(settings));
        syncListener = new SyncStatusListener(
                context.sync(), context.database(), background, model, sync, preferences, instants);
        Consumer<URI> opener = services.opener();
        help = new ErrorHelp(
                context::diagnostics, context.folders().logs(), folder -> opener.accept(folder.toUri()), files);
        updates = UpdatesViewModel.of(
                Version.text(),
                context.folders().cache().resolve("updates.properties"),
                delays,
                FxExecutor.INSTANCE,
                instants);
        others = new SecondaryWindows(
                preferences,
                sync,
                new PreferencesWindow.Data(
                        new BackupsViewModel(backups, context.database(), files),
                        new RepairViewModel(
                                repair,
                                files,
                                FxExecutor.INSTANCE,
                                () -> services.fatalErrorHandler()
                                        .accept(new TransactionException(
                                                Problem.DATABASE_DAMAGED, Messages.text(Keys.CHECK_DAMAGE)))),
                        new SizesViewModel(
                                context.database(),
                                backups,
                                new SizesViewModel.Environment(
                                        () -> preferences
                                                .settingsProperty()
                                                .get()
                                                .syncLocation(),
                                        () -> preferences
                                                .settingsProperty()
                                                .get()
                                                .get(Setting.HISTORY_RETENTION),
                                        files,
                                        model::report))),
                new PreferencesWindow.About(help, updates, opener),
                themes,
                stage);
        notice = new ErrorNotice(help);
        appearance = new AppearanceCommands(preferences);
        DevicesViewModel devices = new DevicesViewModel(
                context.database(),
                new DevicesViewModel.Environment(
                        files,
                        () -> preferences.settingsProperty().get().syncLocation(),
                        preferences::setDeviceName,
                        controls,
                        clock,
                        model::report));
        view = new MainView(
                model,
                sync,
                new MainView.SyncPages(devices, new ActivityViewModel(context.database(), files, clock, model::report)),
                others::openSettings,
                this::openSyncPage,
                opener,
                notice,
                new UpdateLine(updates, others::openAbout),
                moreCommands());
        preferences.settingsProperty().subscribe(updates::applySettings);
        placement = new WindowPlacement(stage, view, configuration.resolve("window.properties"));
        applyTheme(stage.getScene());
        userActivity.watch(stage.getScene());
        context.sync().paceMerges(userActivity::mergePace);
    }

    private void applyTheme(Scene scene) {
        themes.applyTheme(scene);
        view.addKeys(scene);
        appearance.install(scene);
        stage.setTitle(Messages.text(Keys.APP_NAME));
        WindowIcon.applyTo(stage);
        stage.setOnHiding(event -> hiding());
    }

    /**
     * Called when the window is closing. Depending on the settings, hides the window and keeps reminders and sync
     * running, or closes everything.
     */
    private void hiding() {
        if (!quits && preferences.settingsProperty().get().get(Setting.WINDOW_CLOSE) == CloseBehavior.BACKGROUND) {
            model.detail().flush();
            model.attachments().deleteCopies();
            placement.save(model.shown());
            others.close();
        } else {
            close();
        }
    }

    /** Closes the window, even if the settings keep the program running in the background. */
    void quit() {
        quits = true;
        if (stage.isShowing()) {
            stage.hide();
        } else {
            close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    private List<Command> moreCommands() {
        List<Command> more = new ArrayList<>(appearance.all());
        more.addAll(List.of(
                Command.inWindow(
                        Icons.FOLDER,
                        Messages.text(Keys.COMMAND_IMPORT),
                        null,
                        () -> ImportCard.choose(stage).ifPresent(this::openImport)),
                Command.inWindow(
                        Icons.FOLDER,
                        Messages.text(Keys.COMMAND_IMPORT_FOLDER),
                        null,
                        () -> ImportCard.chooseFolder(stage).ifPresent(this::openImport)),
                Command.inWindow(
                        Icons.FOLDER,
                        Messages.text(Keys.COMMAND_EXPORT),
                        null,
                        () -> ExportDialog.file(stage, model.exports())),
                Command.inWindow(
                        Icons.FOLDER,
                        Messages.text(Keys.COMMAND_EXPORT_FOLDER),
                        null,
                        () -> ExportDialog.folder(stage, model.exports(), model.day())),
                Command.inWindow(
                        Icons.COPY,
                        Messages.text(Keys.DIAGNOSTICS_COPY),
                        null,
                        () -> help.copyDiagnostics(
                                () -> model.showMessage(Messages.text(Keys.DIAGNOSTICS_TOAST)), model::report)),
                Command.inWindow(
                        Icons.FOLDER,
                        Messages.text(Keys.DIAGNOSTICS_LOG),
                        null,
                        () -> help.openLogFolder(model::report)),
                Command.inWindow(Icons.QUIT, Messages.text(Keys.COMMAND_QUIT), QUIT, this::quit)));
        return more;
    }

    void openSyncPage() {
        others.openSyncPage();
    }

    void askForPassphrase() {
        others.askForPassphrase();
    }

    private void showRestored(Backups.Restored restored) {
        List<String> sentences = new ArrayList<>(List.of(Messages.text(Keys.NOTICE_RESTORED, restored.aside())));
        sentences.addAll(RebuildText.missingAttachments(restored.missingAttachments()));
        notice.show(String.join(" ", sentences));
    }

    private void reportBackup(Throwable failure) {
        model.report(failure);
    }

    /** Shows what the weekly check found, until the user closes it. */
    private void showFound(LibraryRepair.Findings found) {
        notice.show(Messages.text(Keys.NOTICE_CHECK, RepairText.found(found).getFirst()));
    }

    /** Called on the sync thread; returns before the window shows the code. */
    private void showCode(RecoveryCode code) {
        RecoveryCode copy = RecoveryCode.parse(code.toCharArray());
        FxExecutor.INSTANCE.execute(() -> {
            preferences.encryption().show(copy);
            openSyncPage();
        });
    }

    /** Shows whether the recovery code is still valid. Called on the sync thread. */
    private void showRecoveryCodeValidity(boolean isRecoveryCodeValid) {
        FxExecutor.INSTANCE.execute(() -> sync.setRecoveryCodeValid(isRecoveryCodeValid));
    }

    private void offerRecoveryCode() {
        preferences.encryption().newRecoveryCode();
        openSyncPage();
    }

    /** Applies settings that this window, another process or a command changed. */
    private void settingsChanged(Settings settings) {
        preferences.show(settings);
        background.run(
                () -> {
                    context.applyStored();
                    return settings;
                },
                applied -> model.conflicts().refresh(),
                model::report);
    }

    /** Shows the window with the start view of the settings. */
    void show() {
        begin();
        stage.show();
        view.list().takeFocus();
    }

    /** Shows the window with the Inbox instead of the start view of the settings. */
    void showInbox() {
        begin(StartView.INBOX);
        stage.show();
        view.list().takeFocus();
    }

    /** Starts reminders and sync without showing the window. */
    void begin() {
        begin(preferences.settingsProperty().get().get(Setting.START_VIEW));
    }

    private void begin(StartView first) {
        model.start(first, placement.shown());
        syncListener.begin();
        context.takeRestored().ifPresent(this::showRestored);
        UnsavedTextsFile unsavedTexts = new UnsavedTextsFile(context.folders().data(), clock);
        if (unsavedTexts.exists()) {
            notice.show(Messages.text(Keys.NOTICE_UNSAVED, unsavedTexts.path()));
        }
        erasing = context.database().subscribe(Erasure.notes(), FxExecutor.INSTANCE, notes -> erase(), model::report);
        watch = context.settings().watch(FxExecutor.INSTANCE, this::settingsChanged, model::report);
        stage.focusedProperty().subscribe(focused -> {
            if (focused) {
                syncListener.syncIfDue();
            }
        });
    }

    /** Erases purged items and removed attachments from this device, in the background. */
    private void erase() {
        if (!closed) {
            files.run(() -> context.erasure().run(), model::report);
        }
    }

    /** Shows the welcome card if this profile never closed a window, the library is empty and no storage is set. */
    void welcomeIfNew() {
        if (placement.isFirst() && context.settings().read().syncUrl().isEmpty()) {
            model.ifLibraryIsEmpty(() -> view.welcome(this::openSyncPage));
        }
    }

    void show(ErrorReport report) {
        notice.show(report);
    }

    void bringToFront() {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    /**
     * Brings a hidden or minimised window to the front to show due reminders. Called if the system cannot show a
     * notification.
     */
    private void showReminders() {
        if (!closed && (stage.isIconified() || !stage.isShowing())) {
            bringToFront();
            // Focuses the card instead of a button, because the user may be typing into another program and would press
            // the button.
            view.focusReminders();
        }
    }

    /** Shows the content of an exported file and offers to import it. */
    void openImport(Path file) {
        model.imports().open(file);
    }

    void focusQuickAdd() {
        view.list().focusQuickAdd();
    }

    public Stage stage() {
        return stage;
    }

    PreferencesViewModel preferences() {
        return preferences;
    }

    SyncViewModel sync() {
        return sync;
    }

    SecondaryWindows others() {
        return others;
    }

    public WindowCommands commands() {
        return view.commands();
    }

    public MainViewModel model() {
        return model;
    }

    /**
     * Saves the typed texts and the position of the window. {@link #drain} waits for the writes. Closing twice has no
     * effect.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        weekly.close();
        if (watch != null) {
            watch.close();
        }
        erasing.close();
        syncListener.close();
        others.close();
        placement.save(model.shown());
        themes.removeScene(stage.getScene());
        updates.close();
        sync.close();
        model.close();
    }

    /** Waits without a time limit until all queued writes are done. Do not call this method on the JavaFX thread. */
    void drain() throws InterruptedException {
        files.drain();
        background.drain();
    }

    /**
     * Ends the threads. Call this method after {@link #close}.
     *
     * @param limit the maximum wait for each thread that writes
     */
    void end(Duration limit) {
        background.close(limit);
        files.close(limit);
        checks.close(LAST_WORK);
        downloads.close(LAST_WORK);
        keychainTasks.close(LAST_WORK);
    }
}
