package dev.tidemark.app.shell;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.detail.AttachmentsViewModel;
import dev.tidemark.app.detail.ConflictsViewModel;
import dev.tidemark.app.detail.DetailViewModel;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.importing.ImportViewModel;
import dev.tidemark.app.list.DroppedFiles;
import dev.tidemark.app.list.ItemListViewModel;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.settings.StartView;
import dev.tidemark.app.sidebar.SidebarViewModel;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.welcome.WelcomeViewModel;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Creates the view models of the main window on a real database, without the JavaFX thread and without a window.
 * Commands run at once on the test's thread. Results of queries wait until {@link #await} runs them there.
 * {@link #pass} advances the time.
 */
public final class MainModelFixture implements AutoCloseable {
    /** A Sunday. */
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final long TIMEOUT_SECONDS = 30;

    private final Database database;
    private final ManualScheduler delays = new ManualScheduler();
    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final MainViewModel model;
    private ZonedDateTime now = TODAY.atTime(12, 0).atZone(ZoneOffset.UTC);

    private MainModelFixture(Database database, Path folder, StartView start, WindowState.ShownView last) {
        this.database = database;
        SerialTaskRunner same = SerialTaskRunner.on(Runnable::run, Runnable::run);
        model = new MainViewModel(
                database,
                new MainViewModel.Threads(results::add, same, same, delays, () -> now),
                new MainViewModel.Services(
                        new AttachmentsViewModel.Services(
                                (blob, progress) -> {},
                                same,
                                new OpenedFileCache(folder.resolve("opened")),
                                address -> {}),
                        (heading, line) -> {},
                        reports -> {
                            throw new AssertionError("Nothing is printed");
                        },
                        () -> new PurgeStatus(0, false, Map.of()),
                        () -> {},
                        problem -> {
                            throw new AssertionError(problem);
                        }),
                ViewOptionsStore.read(folder.resolve("views.properties")));
        model.start(start, last);
        await("the rows are loaded", () -> model.list().loadedProperty().get());
    }

    /** On the library in this folder, created if there is none; shows the Inbox. */
    public static MainModelFixture in(Path folder) {
        return on(Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA), folder);
    }

    /** On this database, which the fixture closes. */
    public static MainModelFixture on(Database database, Path folder) {
        return new MainModelFixture(database, folder, StartView.INBOX, WindowState.DEFAULT.shown());
    }

    /** On the library in this folder, after a run that ended with this view. */
    static MainModelFixture restarted(Path folder, StartView start, WindowState.ShownView last) {
        return new MainModelFixture(
                Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA), folder, start, last);
    }

    /** Runs results on this thread until the condition holds. */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            try {
                Runnable next = results.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new AssertionError("Waited in vain until " + what + "; the rows are " + titles());
                }
                next.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Waits for the rows of the shown view. */
    public void awaitRows(String... titles) {
        await("the rows are " + List.of(titles), () -> titles().equals(List.of(titles)));
    }

    /** Moves the clock, and runs what was scheduled. */
    public void pass(Duration time) {
        now = now.plus(time);
        delays.pass(time);
    }

    /** The titles of the rows, without those that fade out. */
    public List<String> titles() {
        return list().rows().stream()
                .filter(row -> !list().fading().contains(row.id()))
                .map(ItemRow::title)
                .toList();
    }

    /** Shows a view and waits for its rows. */
    public void show(ItemSource view, String... titles) {
        list().show(view);
        awaitRows(titles);
    }

    /** The stored item. */
    public Item item(UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    /** Writes into the database as a command of another process would: without undo. */
    public Items items() {
        return new Items(database);
    }

    public Database database() {
        return database;
    }

    public MainViewModel model() {
        return model;
    }

    public ItemListViewModel list() {
        return model.list();
    }

    public SidebarViewModel sidebar() {
        return model.sidebar();
    }

    public DetailViewModel detail() {
        return model.detail();
    }

    public ConflictsViewModel conflicts() {
        return model.conflictsPage();
    }

    public ImportViewModel imports() {
        return model.imports();
    }

    public DroppedFiles drops() {
        return model.drops();
    }

    public WelcomeViewModel welcome() {
        return model.welcome();
    }

    /** The text of the message at the bottom of the window; empty without one. */
    public String toast() {
        Toasts.Toast toast = model.toasts().currentProperty().get();
        return toast == null ? "" : toast.text();
    }

    /** Presses the button of the message. */
    public void undoByToast() {
        model.toasts().undo();
    }

    public void undo() {
        model.undo();
    }

    public void redo() {
        model.redo();
    }

    @Override
    public void close() {
        model.close();
        database.close();
    }
}
