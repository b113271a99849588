package dev.tidemark.app.shell;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.checkpoints.CheckpointsViewModel;
import dev.tidemark.app.detail.AttachmentsViewModel;
import dev.tidemark.app.detail.ConflictWatch;
import dev.tidemark.app.detail.ConflictsViewModel;
import dev.tidemark.app.detail.DetailViewModel;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.exporting.ExportViewModel;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.history.HistoryViewModel;
import dev.tidemark.app.importing.ImportViewModel;
import dev.tidemark.app.list.DroppedFiles;
import dev.tidemark.app.list.ItemListViewModel;
import dev.tidemark.app.list.SelectionSnapshot;
import dev.tidemark.app.list.UndoableItemWriter;
import dev.tidemark.app.list.ViewKey;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.list.ViewStateMemory;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.print.Printing;
import dev.tidemark.app.reminder.RemindersViewModel;
import dev.tidemark.app.settings.StartView;
import dev.tidemark.app.sidebar.SidebarSection;
import dev.tidemark.app.sidebar.SidebarViewModel;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.app.welcome.WelcomeViewModel;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates and connects the view models of the main window. Belongs to the thread of its executor. */
public final class MainViewModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MainViewModel.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final int MAX_RESULTS = 8;

    private final Database database;
    private final SerialTaskRunner background;
    private final Scheduler delays;
    private final Supplier<LocalDate> today;
    private final Toasts toasts;
    private final TransactionRunner writes;
    private final UndoViewModel undo;
    private final SidebarViewModel sidebar;
    private final ItemListViewModel list;
    private final DetailViewModel detail;
    private final AttachmentsViewModel attachments;
    private final RemindersViewModel reminders;
    private final ConflictWatch conflicts;
    private final ConflictsViewModel conflictsPage;
    private final HistoryViewModel history;
    private final CheckpointsViewModel checkpoints;
    private final WelcomeViewModel welcome;
    private final DroppedFiles drops;
    private final ImportViewModel imports;
    private final ExportViewModel exports;
    private final ReadOnlyObjectWrapper<LocalDate> day;
    private Scheduler.ScheduledTask tick = () -> {};
    private final Services services;
    private boolean closed;
    private @Nullable Throwable failureAfterClose;

    /**
     * The threads, the scheduler and the clock of the view models.
     *
     * @param executor delivers results. The view models belong to the thread of the executor
     * @param background runs commands in the order of the calls
     * @param clock returns the current time in the time zone of the user
     */
    public record Threads(
            Executor executor,
            SerialTaskRunner background,
            SerialTaskRunner files,
            Scheduler delays,
            Supplier<ZonedDateTime> clock) {}

    /**
     * The services of the program that the view models use.
     *
     * @param attachments downloads, opens and saves attached files
     * @param notifier shows a reminder as a system notification. Its arguments are a heading and the title of the item
     * @param printing creates a printer that reports to the view model
     * @param purges finds the devices that still have purged items
     * @param backup creates a backup if one is due. Called every minute
     * @param fatalErrorHandler closes the library after an error that makes it unusable
     */
    public record Services(
            AttachmentsViewModel.Services attachments,
            BiConsumer<String, String> notifier,
            Function<MainViewModel, Printing> printing,
            Supplier<PurgeStatus> purges,
            Runnable backup,
            Consumer<Throwable> fatalErrorHandler) {}

    /** @param arrangements the sort order and the filters of each view */
    public MainViewModel(Database database, Threads threads, Services services, ViewOptionsStore arrangements) {
        Executor executor = threads.executor();
        SerialTaskRunner files = threads.files();
        Supplier<ZonedDateTime> clock = threads.clock();
        background = threads.background();
        delays = threads.delays();
        this.services = services;
        this.database = database;
        this.today = () -> clock.get().toLocalDate();
        day = new ReadOnlyObjectWrapper<>(this.today.get());
        toasts = new Toasts(delays);
        conflicts = new ConflictWatch(database, background, this::report);
        UndoStack stack = new UndoStack(database, () -> clock.get().toInstant());
        writes = stack;
        undo = new UndoViewModel(stack, background, toasts, this::showItem, this::report);
        sidebar = new SidebarViewModel(
                database, stack, executor, background, undo, this::showInboxInsteadOf, this::report);
        UndoableItemWriter steps = new UndoableItemWriter(
                new Items(stack),
                background,
                undo,
                toasts,
                services.purges(),
                number -> createCheckpoint(stack.clock(), number),
                this::report);
        list = new ItemListViewModel(
                database, executor, delays, clock, steps, sidebar::listNames, arrangements, this::report);
        detail = new DetailViewModel(database, stack, executor, background, delays, clock, conflicts, this::report);
        conflictsPage = new ConflictsViewModel(stack, conflicts, undo::runWithUndo, detail::flush, clock);
        history = new HistoryViewModel(
                database,
                stack,
                new HistoryViewModel.Environment(
                        executor, files, delays, undo::runWithUndo, detail::flush, clock, this::report));
        checkpoints = new CheckpointsViewModel(
                database,
                stack,
                new CheckpointsViewModel.Environment(
                        executor, files, undo::runWithUndo, detail::flush, clock, this::report));
        attachments =
                new AttachmentsViewModel(database, stack, executor, background, files, services.attachments(), clock);
        attachments.whenClosed(this::report);
        attachments.setRemovalRunner(command -> undo.runWithUndo(command, Keys.TOAST_DETACHED));
        reminders = new RemindersViewModel(
                database,
                new Items(stack),
                executor,
                background,
                delays,
                clock,
                item -> services.notifier()
                        .accept(Messages.text(Keys.REMINDERS_TITLE), SingleLineText.abbreviate(title(item))),
                this::report);
        drops = new DroppedFiles(database, files, steps, this::report);
        welcome = new WelcomeViewModel(new Items(stack), background, this::showMessage, this::report);
        imports = new ImportViewModel(
                database,
                new Items(stack),
                stack.clock(),
                files,
                command -> undo.runWithUndo(command, () -> {}),
                this::report);
        exports = new ExportViewModel(database, files, this::showMessage, this::report);
        list.selectedProperty().subscribe(detail::show);
        list.selectedProperty().subscribe(attachments::show);
        sidebar.countsProperty().subscribe(conflicts::refresh);
        // Another name of a list can make or end lists of one name, without a change of the counts.
        sidebar.listSection().entries().addListener((ListChangeListener<SidebarSection.Entry>)
                change -> conflicts.refresh());
    }

    private void createCheckpoint(InstantSource instants, int items) {
        new Checkpoints(database, instants)
                .createBefore(
                        Messages.text(Keys.CHECKPOINTS_BEFORE_TRASH, items, Checkpoints.nameOf(instants.instant())));
    }

    /**
     * Shows the Inbox if the shown list was deleted on this or another device. The Inbox now has the items of the list.
     */
    private void showInboxInsteadOf(ItemSource removed) {
        if (removed.equals(list.viewProperty().get())) {
            list.show(new ItemSource.Inbox());
        }
    }

    /**
     * Shows the start view of the settings and starts the reminders.
     *
     * @param last the view that the window showed when it was closed
     */
    void start(StartView view, WindowState.ShownView last) {
        switch (view) {
            case LAST -> start(ViewKey.parse(last.view(), last.query(), day()), last.visit());
            case INBOX -> start(new ItemSource.Inbox(), ViewStateMemory.ViewState.NONE);
            case TODAY -> start(new ItemSource.Today(day()), ViewStateMemory.ViewState.NONE);
        }
    }

    /** The shown view and the position in it, for the next start. */
    WindowState.ShownView shown() {
        ItemSource view = list.viewProperty().get();
        return new WindowState.ShownView(ViewKey.of(view), ViewKey.query(view), list.visit());
    }

    /** Shows the first view and starts the reminders. Shows the Inbox if the list, tag or search no longer exists. */
    public void start(ItemSource first, ViewStateMemory.ViewState left) {
        switch (first) {
            case ItemSource.OfList it -> sidebar.listSection().onLoaded(() -> confirm(first, sidebar.listSection()));
            case ItemSource.OfTag it -> sidebar.tagSection().onLoaded(() -> confirm(first, sidebar.tagSection()));
            case ItemSource.SearchResults it ->
                sidebar.searchSection().onLoaded(() -> confirm(first, sidebar.searchSection()));
            default -> {
                // The other views always exist.
            }
        }
        attachments.deleteCopies();
        sidebar.start(day());
        list.begin(first, left);
        conflicts.refresh();
        reminders.start();
        tick = delays.schedule(MINUTE, this::runMinuteTasks);
    }

    /**
     * Updates the start view when its sidebar section is loaded. The list of the view may be deleted meanwhile, or the
     * saved search may have changed.
     */
    private void confirm(ItemSource started, SidebarSection section) {
        if (started.equals(list.viewProperty().get())) {
            ItemSource now = section.entries().stream()
                    .map(SidebarSection.Entry::view)
                    .filter(view -> ViewKey.of(view).equals(ViewKey.of(started)))
                    .findFirst()
                    .orElseGet(ItemSource.Inbox::new);
            if (!now.equals(started)) {
                list.show(now);
            }
        }
    }

    private void runMinuteTasks() {
        services.backup().run();
        LocalDate now = today.get();
        if (!now.equals(day())) {
            day.set(now);
            sidebar.dayChanged(now);
            list.dayChanged(now);
        }
        tick = delays.schedule(MINUTE, this::runMinuteTasks);
    }

    /** Finds the first few items with the typed words, for the palette. */
    void find(String typed, Consumer<List<ItemRow>> found) {
        ItemSource view = new ItemSource.SearchResults(typed, day(), null);
        ViewOptions all = ViewOptions.of(view).withDone(true);
        background.run(() -> database.list(ItemQueries.rows(view, all, 0, MAX_RESULTS)), found, this::report);
    }

    /**
     * Opens an item in a view that contains the item, then calls {@code opened}. Does nothing if the item does not
     * exist.
     */
    void reveal(UUID id, Runnable opened) {
        background.run(
                () -> database.list(ItemQueries.item(id)),
                found -> found.forEach(item -> {
                    list.show(viewOf(item));
                    list.selectedProperty().set(id);
                    opened.run();
                }),
                this::report);
    }

    private static ItemSource viewOf(Item item) {
        if (item.trashed()) {
            return new ItemSource.Trash();
        } else if (item.done()) {
            return new ItemSource.Completed();
        }
        return item.listId() == null || item.list() == null
                ? new ItemSource.Inbox()
                : new ItemSource.OfList(item.listId());
    }

    private void showItem(UUID id) {
        list.selectedProperty().set(id);
    }

    /** Saves the typed text, then undoes the last step. */
    void undo() {
        detail.flush();
        undo.undo();
    }

    /** Saves the typed text, then redoes the last undone step. */
    void redo() {
        detail.flush();
        undo.redo();
    }

    /** Saves the typed text, then adds a copy of each selected item. */
    void duplicate() {
        detail.flush();
        list.commands().duplicateSelected();
    }

    LocalDate day() {
        return day.get();
    }

    /** The current day, which changes at midnight while the window is open. */
    public ReadOnlyObjectProperty<LocalDate> dayProperty() {
        return day.getReadOnlyProperty();
    }

    /** Runs transactions that this window can undo. */
    TransactionRunner writes() {
        return writes;
    }

    Toasts toasts() {
        return toasts;
    }

    public SidebarViewModel sidebar() {
        return sidebar;
    }

    public ItemListViewModel list() {
        return list;
    }

    DetailViewModel detail() {
        return detail;
    }

    private static String title(Item item) {
        return item.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : item.title();
    }

    /** Adds or attaches files that the user drops on the window. */
    DroppedFiles drops() {
        return drops;
    }

    RemindersViewModel reminders() {
        return reminders;
    }

    AttachmentsViewModel attachments() {
        return attachments;
    }

    CheckpointsViewModel checkpoints() {
        return checkpoints;
    }

    HistoryViewModel history() {
        return history;
    }

    ConflictsViewModel conflictsPage() {
        return conflictsPage;
    }

    WelcomeViewModel welcome() {
        return welcome;
    }

    ImportViewModel imports() {
        return imports;
    }

    ExportViewModel exports() {
        return exports;
    }

    /** Runs {@code then} if the library has no items, not even in the trash. */
    void ifLibraryIsEmpty(Runnable then) {
        background.run(
                () -> database.list(ItemQueries.page(null, 1)).isEmpty(),
                isNew -> {
                    if (isNew) {
                        then.run();
                    }
                },
                this::report);
    }

    public ConflictWatch conflicts() {
        return conflicts;
    }

    void showMessage(String sentence) {
        toasts.showMessage(sentence);
    }

    /**
     * Prints the selected items in full. Without a selection, prints the shown list.
     *
     * @param name the name of the shown list
     */
    void print(String name) {
        list.selection().withAll(selected -> {
            if (selected.isEmpty()) {
                printList(name);
            } else {
                detail.flush();
                services.printing().apply(this).items(() -> ids(selected));
            }
        });
    }

    private List<UUID> ids(SelectionSnapshot selected) {
        return selected.items(database::list).stream().map(ItemSummary::id).toList();
    }

    /**
     * Reads the titles of the selected items.
     *
     * @param copied receives the titles, one per line, and the number of items
     */
    void copy(BiConsumer<String, Integer> copied) {
        list.selection().withAll(selected -> {
            Consumer<List<ItemSummary>> deliver = items -> copied.accept(
                    items.stream().map(ItemSummary::title).collect(Collectors.joining("\n")), items.size());
            if (!selected.isFullyLoaded()) {
                background.run(() -> selected.items(database::list), deliver, this::report);
            } else if (!selected.isEmpty()) {
                deliver.accept(selected.items(database::list));
            }
        });
    }

    /** Prints the rows of the shown view. */
    void printList(String name) {
        detail.flush();
        services.printing()
                .apply(this)
                .list(name, list.viewProperty().get(), list.optionsProperty().get());
    }

    /**
     * Logs a failure and shows it at the bottom of the window. A fatal failure closes the library. After {@link
     * #close}, this method only logs a failure, and {@link #failureAfterClose} returns the first one.
     */
    void report(Throwable problem) {
        LOG.warn("A user command failed", problem);
        if (closed) {
            failureAfterClose = failureAfterClose == null ? problem : failureAfterClose;
            return;
        }
        if (ErrorReport.isFatal(problem)) {
            services.fatalErrorHandler().accept(problem);
            return;
        }
        toasts.showMessage(ErrorMessages.of(problem));
    }

    /** The first failure after {@link #close}; {@code null} if there was none. */
    @Nullable
    Throwable failureAfterClose() {
        return failureAfterClose;
    }

    /** The typed texts that are not saved yet. */
    List<UnsavedTexts.Unsaved> unsaved() {
        return Stream.of(detail.unsaved(), list.commands().unsaved().remaining())
                .flatMap(List::stream)
                .toList();
    }

    /** Saves the typed texts and closes all subscriptions. Queued writes still run. */
    @Override
    public void close() {
        closed = true;
        tick.cancel();
        history.close();
        checkpoints.close();
        reminders.close();
        attachments.close();
        detail.close();
        list.close();
        sidebar.close();
        list.commands().unsaved().close();
    }
}
