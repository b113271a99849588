package dev.tidemark.app.list;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.PatchedList;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.WindowedList;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Search;
import dev.tidemark.app.model.Sort;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.quickadd.LineParser;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** Holds the shown view, its rows, options and selection, and the commands for them. */
public final class ItemListViewModel implements AutoCloseable {
    private final Database database;
    private final LiveList<ItemRow> live;
    private final WindowedList<ItemRow> window;
    private final ReadOnlyObjectWrapper<ItemSource> view = new ReadOnlyObjectWrapper<>(new ItemSource.Inbox());
    private final ObjectProperty<@Nullable UUID> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ViewOptions> options = new ReadOnlyObjectWrapper<>(ViewOptions.DEFAULT);
    private final SelectedItems selection;
    private final ViewOptionsStore optionsStore;
    private final Supplier<ZonedDateTime> clock;
    private final ItemReordering reordering;
    private final ItemCommands commands;
    private final FadingRows fading;
    private final RemoteChangeHighlights highlights;
    private final UndoableItemWriter steps;
    private final WeekViewModel week;
    private final ViewStateMemory states = new ViewStateMemory();
    private final BooleanProperty loaded = new SimpleBooleanProperty();
    private Set<UUID> conflicted = Set.of();
    private @Nullable ItemRow pressed;
    private ItemSource searchedFrom = new ItemSource.Inbox();

    /** @param executor delivers results. The view model belongs to the thread of the executor */
    public ItemListViewModel(
            Database database,
            Executor executor,
            Scheduler delays,
            Supplier<ZonedDateTime> clock,
            UndoableItemWriter steps,
            Supplier<? extends Collection<String>> listNames,
            ViewOptionsStore optionsStore,
            Consumer<Throwable> failed) {
        this.database = database;
        this.clock = clock;
        this.optionsStore = optionsStore;
        live = new LiveList<>(database, executor, ItemRow::id, failed);
        window = new WindowedList<>(live, database, executor, delays, failed);
        selection = new SelectedItems(
                steps,
                database::list,
                live.rows(),
                window,
                () -> ItemQueries.summaries(view.get(), options.get()),
                selected::get);
        reordering = new ItemReordering(
                steps,
                new ItemReordering.LoadedRows(
                        live::rows,
                        window::from,
                        window::hasMore,
                        () -> options.get().sort() == Sort.OWN,
                        this::reading));
        fading = new FadingRows(live, window::limit, delays);
        commands = new ItemCommands(steps, fading, view::get, selection, selected, new LineParser(listNames, clock));
        highlights = new RemoteChangeHighlights(database, steps, delays);
        week = new WeekViewModel(database, executor, failed);
        this.steps = steps;
        aroundUpdates(cause -> {}, () -> {});
    }

    private Callable<List<ItemRow>> reading(int from, int limit) {
        Query<ItemRow> query = ItemQueries.rows(view.get(), options.get(), from, limit);
        return () -> database.list(query);
    }

    /** Sets listeners that run before and after each update of the rows, to keep selection and scroll position. */
    void aroundUpdates(Consumer<LiveList.Cause> before, Runnable after) {
        live.setUpdateListeners(before, update -> {
            loaded.set(true);
            fading.updated(update);
            after.run();
            highlights.highlight(update.arrived());
        });
    }

    /** The loaded rows. Of a very long list, only the rows around the scroll position are loaded. */
    public PatchedList<ItemRow> rows() {
        return live.rows();
    }

    /** The window of {@link #rows} within the whole list. */
    public WindowedList<ItemRow> window() {
        return window;
    }

    public ReadOnlyObjectProperty<ItemSource> viewProperty() {
        return view.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable UUID> selectedProperty() {
        return selected;
    }

    /** The ids of all selected items. {@link #selectedProperty} has the item that the user selected last. */
    public SelectedItems selection() {
        return selection;
    }

    public ItemCommands commands() {
        return commands;
    }

    /** The current time in the time zone of the user. */
    ZonedDateTime now() {
        return clock.get();
    }

    /** Moves rows within the manual order. */
    ItemReordering moves() {
        return reordering;
    }

    /** The sort order and filters of the view. */
    public ReadOnlyObjectProperty<ViewOptions> optionsProperty() {
        return options.getReadOnlyProperty();
    }

    /** Sets the options of the view and stores them. */
    void setOptions(ViewOptions wanted) {
        if (!wanted.equals(options.get())) {
            options.set(wanted);
            optionsStore.set(view.get(), wanted);
            refresh();
        }
    }

    /**
     * Switches whether the view shows completed items below the others. Does nothing in a view that cannot show both.
     */
    public void toggleDone() {
        if (view.get().acceptsNewItems()) {
            setOptions(options.get().withDone(!options.get().withDone()));
        }
    }

    /** Removes all filters. The sort order stays. */
    void showUnfiltered() {
        ViewOptions now = options.get();
        setOptions(ViewOptions.DEFAULT.by(now.sort()).withDone(now.withDone()));
    }

    /** Whether the first result arrived. Until then, an empty list does not mean that the view is empty. */
    public ReadOnlyBooleanProperty loadedProperty() {
        return loaded;
    }

    /** The ids of the rows for which a change of another device just arrived. */
    public ObservableSet<UUID> highlighted() {
        return highlights.highlighted();
    }

    public ObservableSet<UUID> fading() {
        return fading.fading();
    }

    /** The name of the device whose change of this row just arrived; {@code null} if there is no such change. */
    @Nullable
    String originOf(UUID id) {
        return highlights.originOf(id);
    }

    /** Shows the Inbox if the current view accepts no new items. */
    void showForNewItem() {
        if (!view.get().acceptsNewItems()) {
            show(new ItemSource.Inbox());
        }
    }

    /** Shows a view and restores its selection and scroll position. */
    public void show(ItemSource next) {
        if (!next.equals(view.get())) {
            states.move(view.get(), selected.get(), next);
            // The open item belongs to the previous view.
            selected.set(null);
            selection.clear();
        }
        options.set(optionsStore.of(next));
        view.set(next);
        refresh();
    }

    /** The days of the week strip. */
    WeekViewModel week() {
        return week;
    }

    /** Shows Upcoming with a day's first row at the top, or the next row if nothing is due on that day. */
    void showDay(LocalDate day) {
        ItemSource.Upcoming upcoming = new ItemSource.Upcoming(now().toLocalDate());
        ViewOptions shownOptions = optionsStore.of(upcoming);
        steps.read(() -> database.one(ItemQueries.countBefore(day, upcoming, shownOptions)), row -> {
            states.begin(upcoming, new ViewStateMemory.ViewState(null, row));
            show(upcoming);
        });
    }

    /** Shows the first view with the selection and scroll position of the last run. */
    public void begin(ItemSource first, ViewStateMemory.ViewState left) {
        states.begin(first, left);
        show(first);
    }

    public ViewStateMemory.ViewState visit() {
        return states.current(view.get(), selected.get());
    }

    public ViewStateMemory viewStates() {
        return states;
    }

    /** Shows the results of a search. Called after each typed letter. For an empty text, shows the previous view. */
    void search(String text) {
        boolean isSearching = view.get() instanceof ItemSource.SearchResults found && found.saved() == null;
        if (text.isBlank()) {
            if (isSearching) {
                show(searchedFrom);
            }
            return;
        }
        if (!isSearching) {
            searchedFrom = view.get();
        }
        show(new ItemSource.SearchResults(text, now().toLocalDate(), null));
    }

    /** The searched words, which the rows mark; empty outside a search. */
    List<String> searchedWords() {
        return view.get() instanceof ItemSource.SearchResults found
                ? Search.parse(found.text(), found.today()).words()
                : List.of();
    }

    private void refresh() {
        fading.clear();
        ItemSource shown = view.get();
        ViewOptions shownOptions = options.get();
        window.show(
                (from, limit) -> ItemQueries.rows(shown, shownOptions, from, limit),
                ItemQueries.count(shown, shownOptions),
                states.topToRestore(),
                () -> states.restoreWhenLoaded(this));
    }

    /** Records the pressed row, because the cell may show another row when JavaFX detects a drag. */
    void press(@Nullable ItemRow row) {
        pressed = row;
    }

    @Nullable
    ItemRow pressed() {
        return pressed;
    }

    /** Moves the selected rows one place up or down. */
    public void moveSelected(boolean down) {
        selection.withAll(items -> reordering.moveBy(items.ids(), down));
    }

    /** Returns the group that starts at this row; {@code null} if no group starts there. */
    @Nullable
    DayGroup groupFrom(int index) {
        return view.get() instanceof ItemSource.Upcoming upcoming
                ? DayGroup.startingAt(
                        rows(), index, upcoming.date(), options.get().withDone())
                : null;
    }

    /** Whether the heading above the row names the day on which the row's item is due. */
    boolean isDayInHeading(ItemRow row) {
        if (!(view.get() instanceof ItemSource.Upcoming upcoming)) {
            return false;
        }
        DayGroup group = DayGroup.of(row, upcoming.date(), options.get().withDone());
        return group != null && group.kind() == DayGroup.Kind.DAY;
    }

    /** Updates a view that depends on the day. Does not disturb the user's typing. */
    public void dayChanged(LocalDate today) {
        switch (view.get()) {
            case ItemSource.Today it -> reload(new ItemSource.Today(today));
            case ItemSource.Upcoming it -> reload(new ItemSource.Upcoming(today));
            case ItemSource.SearchResults it -> reload(new ItemSource.SearchResults(it.text(), today, it.saved()));
            default -> {
                // The rows of the other views do not depend on the day.
            }
        }
    }

    /** Sets the ids of the items with conflicts. */
    public void setConflicted(Set<UUID> ids) {
        conflicted = Set.copyOf(ids);
        if (view.get() instanceof ItemSource.Conflicts) {
            ItemSource now = new ItemSource.Conflicts(conflicted);
            if (!now.equals(view.get())) {
                reload(now);
            }
        }
    }

    /** Loads the rows of the view again. The open item stays open even if the view no longer contains it. */
    private void reload(ItemSource now) {
        states.keepPosition(view.get(), selected.get());
        view.set(now);
        refresh();
    }

    public boolean hasConflict(UUID id) {
        return conflicted.contains(id);
    }

    /** Whether the view shows a single list, so that the rows need not name their list. */
    boolean showsOneList() {
        return view.get() instanceof ItemSource.OfList;
    }

    /** The index of an item in the loaded rows, or -1. */
    int indexOf(@Nullable UUID id) {
        if (id != null) {
            for (int index = 0; index < rows().size(); index++) {
                if (Objects.equals(rows().get(index).id(), id)) {
                    return index;
                }
            }
        }
        return -1;
    }

    @Override
    public void close() {
        week.close();
        window.close();
    }
}
