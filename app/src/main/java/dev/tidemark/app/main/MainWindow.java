package dev.tidemark.app.main;

import dev.tidemark.app.cli.Version;
import dev.tidemark.app.detail.AttachmentDesk;
import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxDelays;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.app.importing.ImportCard;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.ProfileSyncSetup;
import dev.tidemark.app.model.Erasure;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.preferences.PreferencesWindow;
import dev.tidemark.app.preferences.UnlockWindow;
import dev.tidemark.app.print.Printing;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsWatch;
import dev.tidemark.app.settings.WhenClosed;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.trouble.ErrorNotice;
import dev.tidemark.app.trouble.Trouble;
import dev.tidemark.app.trouble.TroubleHelp;
import dev.tidemark.app.updates.UpdateLine;
import dev.tidemark.app.updates.UpdatesViewModel;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The main window of a profile, from being put together to having saved everything. For the JavaFX thread. */
final class MainWindow implements AutoCloseable {
    private static final KeyCombination QUIT = new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN);

    /** So long closing waits for keychain and network, which keep nothing of the library that is not saved. */
    private static final Duration LAST_WORK = Duration.ofSeconds(1);

    private final Composition composition;
    private final Stage stage;
    private final MainViewModel model;
    private final SyncViewModel sync;
    private final SyncFeed feed;
    private final MainView view;
    private final WindowPlace place;
    private final PreferencesViewModel preferences;
    private final OtherWindows others;
    private final Background background;
    private final Background files;
    private final Background secretly;
    private final Background downloads;
    private final Look look;
    private final TroubleHelp help;
    private final ErrorNotice notice;
    private final SizeCommands sizes;
    private final UpdatesViewModel updates;
    private @Nullable SettingsWatch watch;
    private @Nullable Subscription erasing;
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
        Path configuration = composition.folders().configuration();
        FxDelays delays = new FxDelays();
        background = Background.onThread("commands", FxExecutor.INSTANCE);
        files = Background.onThread("files", FxExecutor.INSTANCE);
        secretly = Background.onThread("secrets", FxExecutor.INSTANCE);
        downloads = Background.onThread("downloads", FxExecutor.INSTANCE);
        model = new MainViewModel(
                composition.database(),
                FxExecutor.INSTANCE,
                background,
                delays,
                () -> ZonedDateTime.now(ZoneId.systemDefault()),
                files,
                new AttachmentDesk(composition::fetch, downloads, composition.openedCopies(), surroundings.opener()),
                (heading, line) -> surroundings
                        .notifier()
                        .tell(heading, line, () -> FxExecutor.INSTANCE.execute(this::showReminders)),
                ViewArrangements.read(configuration.resolve("views.properties")));
        model.endWith(surroundings.ending());
        model.purgesFrom(composition::purges);
        model.printWith(new Printing(
                composition.database(),
                background,
                files,
                surroundings.printers(),
                composition.openedCopies(),
                stage,
                model::say,
                model::report));
        composition.encryption().showCodesWith(this::showCode);
        composition.encryption().tellOfCodes(this::showWholeness);
        sync = new SyncViewModel(
                delays,
                InstantSource.system(),
                new WindowSync(
                        composition.sync(),
                        composition.database(),
                        background,
                        model::report,
                        this::askForPassphrase,
                        this::offerRecoveryCode));
        preferences = PreferencesViewModel.of(
                composition.settings().read(),
                new ProfileSyncSetup(composition),
                background,
                secretly,
                FxExecutor.INSTANCE);
        preferences.settingsProperty().subscribe(settings -> look.use(settings));
        feed = new SyncFeed(composition.sync(), composition.database(), background, model, sync, preferences);
        Consumer<URI> opener = surroundings.opener();
        help = new TroubleHelp(
                composition::diagnostics, composition.folders().logs(), folder -> opener.accept(folder.toUri()), files);
        updates = UpdatesViewModel.of(
                Version.text(),
                composition.folders().cache().resolve("updates.properties"),
                delays,
                FxExecutor.INSTANCE);
        others = new OtherWindows(preferences, sync, new PreferencesWindow.About(help, updates, opener), look, stage);
        notice = new ErrorNotice(help);
        sizes = new SizeCommands(preferences);
        view = new MainView(model, sync, others::openSettings, this::openSyncPage, opener, notice, moreCommands());
        preferences.settingsProperty().subscribe(updates::use);
        view.addToFoot(new UpdateLine(updates, others::openAbout));
        place = new WindowPlace(stage, view, configuration.resolve("window.properties"));
        dress(stage.getScene());
        Presence presence = new Presence(System::nanoTime);
        presence.watch(stage.getScene());
        composition.sync().paceMerges(presence::pace);
    }

    private void dress(Scene scene) {
        look.dress(scene);
        view.addKeys(scene);
        sizes.install(scene);
        stage.setTitle(Texts.text(Keys.APP_NAME));
        WindowIcon.give(stage);
        stage.setOnHiding(event -> hiding());
    }

    /** Where the person wants it, reminders and sync go on without the window. */
    private void hiding() {
        if (!quits && preferences.settingsProperty().get().whenClosed() == WhenClosed.BACKGROUND) {
            model.detail().flush();
            model.attachments().deleteCopies();
            place.save(shown());
            others.close();
        } else {
            close();
        }
    }

    private WindowState.Shown shown() {
        ItemView shown = model.list().viewProperty().get();
        return new WindowState.Shown(
                ViewKey.of(shown), ViewKey.query(shown), model.list().visit());
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
        more.addAll(new ThemeCommands(preferences).all());
        more.addAll(List.of(
                Command.inWindow(
                        Icons.FOLDER,
                        Texts.text(Keys.COMMAND_IMPORT),
                        null,
                        () -> ImportCard.choose(stage).ifPresent(this::openImport)),
                Command.inWindow(
                        Icons.COPY,
                        Texts.text(Keys.DIAGNOSTICS_COPY),
                        null,
                        () -> help.copyDiagnostics(() -> model.say(Texts.text(Keys.DIAGNOSTICS_TOAST)), model::report)),
                Command.inWindow(
                        Icons.FOLDER, Texts.text(Keys.DIAGNOSTICS_LOG), null, () -> help.openLogFolder(model::report)),
                Command.inWindow(Icons.QUIT, Texts.text(Keys.COMMAND_QUIT), QUIT, this::quit)));
        return more;
    }

    /** Opens the settings at the page about sync. */
    void openSyncPage() {
        others.openSyncPage();
    }

    /** Asks for the passphrase. */
    void askForPassphrase() {
        others.askForPassphrase();
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

    /** Shows the window with what the person wants to begin with. */
    void show() {
        begin();
        stage.show();
        view.list().takeFocus();
    }

    /** Shows the window with the Inbox, for something else than looking at what is there. */
    void showInbox() {
        begin(new ItemView.Inbox(), Visits.Visit.NONE);
        stage.show();
        view.list().takeFocus();
    }

    /** Begins with reminders and sync; the window is shown later, if somebody wants it. */
    void begin() {
        WindowState.Shown left = place.shown();
        switch (preferences.settingsProperty().get().startView()) {
            case LAST -> begin(ViewKey.parse(left.view(), left.query(), model.day()), left.visit());
            case INBOX -> begin(new ItemView.Inbox(), Visits.Visit.NONE);
            case TODAY -> begin(new ItemView.Today(model.day()), Visits.Visit.NONE);
        }
    }

    private void begin(ItemView first, Visits.Visit left) {
        model.start(first, left);
        feed.begin();
        UnsavedFile kept = new UnsavedFile(composition.folders().data());
        if (kept.isThere()) {
            notice.show(Texts.text(Keys.NOTICE_UNSAVED, kept.path()));
        }
        erasing =
                composition.database().subscribe(Erasure.notes(), FxExecutor.INSTANCE, notes -> erase(), model::report);
        watch = composition.settings().watch(FxExecutor.INSTANCE, this::settingsChanged, model::report);
        stage.focusedProperty().subscribe(focused -> {
            if (focused) {
                feed.attend();
            }
        });
    }

    /** An item was deleted for good or an attachment taken away, here or elsewhere. */
    private void erase() {
        if (!closed) {
            files.run(Executors.callable(() -> composition.erasure().run()), erased -> {}, model::report);
        }
    }

    /** Asks how to begin, if this is the first time that a window opens here, nothing is in the library, and nothing will come. */
    void welcomeNewcomer() {
        if (place.isFirst() && composition.settings().read().syncUrl().isEmpty()) {
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

    /** The system cannot tell of a reminder, so a window that nobody sees has to show itself. */
    private void showReminders() {
        if (!closed && (stage.isIconified() || !stage.isShowing())) {
            comeForward();
            // What is being typed elsewhere at this moment does nothing here.
            view.focusReminders();
        }
    }

    /** Says what is in an exported file, and asks whether to import it. */
    void openImport(Path file) {
        model.imports().open(file);
    }

    /** Puts the caret where the next item is typed. */
    void focusQuickAdd() {
        view.list().focusQuickAdd();
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
        return others.openedSettings();
    }

    /** The window that asks for the passphrase, once it has been opened. */
    @Nullable
    UnlockWindow openedUnlock() {
        return others.openedUnlock();
    }

    /** What can be done by a name or by keys. */
    WindowCommands commands() {
        return view.commands();
    }

    /** What the window shows. */
    MainViewModel model() {
        return model;
    }

    /** Has saved what was typed and where the window stood; {@link #drain} waits for that. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (watch != null) {
            watch.close();
        }
        if (erasing != null) {
            erasing.close();
        }
        feed.close();
        others.close();
        place.save(shown());
        look.forget(stage.getScene());
        updates.close();
        sync.close();
        model.close();
    }

    /** Waits, however long it takes, for what is queued for the database. Not for the JavaFX thread. */
    void drain() throws InterruptedException {
        files.drain();
        background.drain();
    }

    /**
     * Ends the threads after {@link #close}.
     *
     * @param limit how long it waits at most for each that writes into the database
     */
    void end(Duration limit) {
        background.close(limit);
        files.close(limit);
        downloads.close(LAST_WORK);
        secretly.close(LAST_WORK);
    }
}
