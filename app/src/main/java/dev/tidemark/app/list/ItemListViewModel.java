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

/** The list in the middle: what it shows, which items are selected, and what does something to them. */
public final class ItemListViewModel implements AutoCloseable {
    private final Database database;
    private final LiveList<ItemRow> live;
    private final WindowedList<ItemRow> window;
    private final ReadOnlyObjectWrapper<ItemSource> view = new ReadOnlyObjectWrapper<>(new ItemSource.Inbox());
    private final ObjectProperty<@Nullable UUID> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ViewOptions> arrangement = new ReadOnlyObjectWrapper<>(ViewOptions.DEFAULT);
    private final SelectedItems selection;
    private final ViewOptionsStore arrangements;
    private final Supplier<ZonedDateTime> clock;
    private final ItemReordering moves;
    private final ItemCommands commands;
    private final FadingRows leaving;
    private final CompletedRows ticked;
    private final RemoteChangeHighlights arrivals;
    private final ViewStateMemory visits = new ViewStateMemory();
    private final BooleanProperty loaded = new SimpleBooleanProperty();
    private Set<UUID> conflicted = Set.of();
    private @Nullable ItemRow pressed;
    private ItemSource searchedFrom = new ItemSource.Inbox();

    /**
     * @param executor where results are delivered; the list belongs to its thread
     * @param clock the current time in the user's zone
     * @param listNames the names of the user's lists
     * @param failed receives errors of queries
     */
    public ItemListViewModel(
            Database database,
            Executor executor,
            Scheduler delays,
            Supplier<ZonedDateTime> clock,
            UndoableItemWriter steps,
            Supplier<? extends Collection<String>> listNames,
            ViewOptionsStore arrangements,
            Consumer<Throwable> failed) {
        this.database = database;
        this.clock = clock;
        this.arrangements = arrangements;
        live = new LiveList<>(database, executor, ItemRow::id, failed);
        window = new WindowedList<>(live, database, executor, delays, failed);
        selection = new SelectedItems(
                steps,
                database::list,
                live.rows(),
                window,
                () -> ItemQueries.briefs(view.get(), arrangement.get()),
                selected::get);
        moves = new ItemReordering(steps, new Loaded());
        leaving = new FadingRows(live, window::most, delays);
        ticked = new CompletedRows(live, leaving, delays);
        commands = new ItemCommands(
                steps, ticked, view::get, selection, selected, new LineParser(listNames, clock));
        arrivals = new RemoteChangeHighlights(database, steps, delays);
    }

    /** The rows as {@link ItemReordering} wants them. */
    private final class Loaded implements ItemReordering.LoadedRows {
        @Override
        public List<ItemRow> rows() {
            return live.rows();
        }

        @Override
        public int from() {
            return window.from();
        }

        @Override
        public boolean hasMore() {
            return window.hasMore();
        }

        @Override
        public boolean isManualOrder() {
            return arrangement.get().sort() == Sort.OWN;
        }

        @Override
        public Callable<List<ItemRow>> reading(int from, int most) {
            Query<ItemRow> query = ItemQueries.rows(view.get(), arrangement.get(), from, most);
            return () -> database.list(query);
        }
    }

    /** Has these called around each update of the rows, so that the view can keep its selection and its place. */
    void aroundUpdates(Consumer<LiveList.Cause> before, Runnable after) {
        live.setUpdateListeners(before, update -> {
            loaded.set(true);
            leaving.updated(update);
            after.run();
            arrivals.highlight(update.arrived());
        });
    }

    /** The rows around where the person has scrolled to; all, unless there are very many. */
    PatchedList<ItemRow> rows() {
        return live.rows();
    }

    /** What the list shows in all, and what of it is in {@link #rows}. */
    public WindowedList<ItemRow> window() {
        return window;
    }

    public ReadOnlyObjectProperty<ItemSource> viewProperty() {
        return view.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable UUID> selectedProperty() {
        return selected;
    }

    /** All selected items; the last one that was chosen is {@link #selectedProperty}. */
    public SelectedItems selection() {
        return selection;
    }

    /** Adds items to the shown view, and changes its items. */
    public ItemCommands commands() {
        return commands;
    }

    /** The current time in the user's zone. */
    ZonedDateTime now() {
        return clock.get();
    }

    /** Moves rows within the person's own order. */
    ItemReordering moves() {
        return moves;
    }

    /** In which order the view is shown, and what of it. */
    public ReadOnlyObjectProperty<ViewOptions> optionsProperty() {
        return arrangement.getReadOnlyProperty();
    }

    /** Shows the view in another way, now and whenever it is opened. */
    void setOptions(ViewOptions wanted) {
        if (!wanted.equals(arrangement.get())) {
            arrangement.set(wanted);
            arrangements.set(view.get(), wanted);
            refresh();
        }
    }

    /** Shows all that the view has, in the order in which it is. */
    void showUnfiltered() {
        ViewOptions now = arrangement.get();
        setOptions(ViewOptions.DEFAULT.by(now.sort()).withDone(now.withDone()));
    }

    /** Whether a first result has been shown; until then an empty list means nothing. */
    ReadOnlyBooleanProperty loadedProperty() {
        return loaded;
    }

    /** Rows that have just arrived from another device. */
    public ObservableSet<UUID> glowing() {
        return arrivals.glowing();
    }

    /** Rows that are on their way out of the list. */
    ObservableSet<UUID> leaving() {
        return leaving.fading();
    }

    /** The name of the device that a row has just arrived from; {@code null} if it has not. */
    @Nullable
    String originOf(UUID id) {
        return arrivals.originOf(id);
    }

    /** Shows a view, where the person left it. */
    public void show(ItemSource next) {
        if (!next.equals(view.get())) {
            visits.move(view.get(), selected.get(), next);
            // What was open belongs to the view before.
            selected.set(null);
            selection.clear();
        }
        arrangement.set(arrangements.of(next));
        view.set(next);
        refresh();
    }

    /** Shows a view where it was left in another run of the program. */
    public void begin(ItemSource first, ViewStateMemory.ViewState left) {
        visits.begin(first, left);
        show(first);
    }

    /** Where the person is in the view. */
    public ViewStateMemory.ViewState visit() {
        return visits.here(view.get(), selected.get());
    }

    /** Where the person was in each view. */
    public ViewStateMemory visits() {
        return visits;
    }

    /** Shows the results of a search, after each typed letter; an empty line shows the view from before the search. */
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

    /** The words that are searched for, to be marked in the rows. */
    List<String> searchedWords() {
        return view.get() instanceof ItemSource.SearchResults found
                ? Search.parse(found.text(), found.today()).words()
                : List.of();
    }

    private void refresh() {
        ticked.clear();
        ItemSource shown = view.get();
        ViewOptions arranged = arrangement.get();
        window.show(
                (from, most) -> ItemQueries.rows(shown, arranged, from, most),
                ItemQueries.count(shown, arranged),
                visits.awaitedTop(),
                () -> visits.restoreWhenLoaded(this));
    }

    /** Notes which row the pointer was pressed on: by the time that a drag is noticed, its cell may show another. */
    void press(@Nullable ItemRow row) {
        pressed = row;
    }

    @Nullable
    ItemRow pressed() {
        return pressed;
    }

    /** Moves the selected rows one place up or down. */
    public void moveSelected(boolean down) {
        selection.withAll(items -> moves.moveBy(items.ids(), down));
    }

    /** The group that begins with this row, if the view has groups and one begins there. */
    @Nullable
    DayGroup groupFrom(int index) {
        return view.get() instanceof ItemSource.Upcoming upcoming
                ? DayGroup.begunAt(
                        rows(), index, upcoming.date(), arrangement.get().withDone())
                : null;
    }

    /** Moves on what depends on the day. Somebody may be typing. */
    public void dayChanged(LocalDate today) {
        switch (view.get()) {
            case ItemSource.Today it -> renew(new ItemSource.Today(today));
            case ItemSource.Upcoming it -> renew(new ItemSource.Upcoming(today));
            case ItemSource.SearchResults it -> renew(new ItemSource.SearchResults(it.text(), today, it.saved()));
            default -> {
                // Which rows they have does not depend on the day.
            }
        }
    }

    /** Sets which items have conflicts. */
    public void setConflicted(Set<UUID> ids) {
        conflicted = Set.copyOf(ids);
        if (view.get() instanceof ItemSource.Conflicts) {
            ItemSource now = new ItemSource.Conflicts(conflicted);
            if (!now.equals(view.get())) {
                renew(now);
            }
        }
    }

    /** The same view has other rows; the item that is open stays open, whether or not it is among them. */
    private void renew(ItemSource now) {
        visits.keepPosition(view.get(), selected.get());
        view.set(now);
        refresh();
    }

    /** Whether the item has a conflict. */
    public boolean hasConflict(UUID id) {
        return conflicted.contains(id);
    }

    /** Whether all rows are of one list, so that naming it in each would say nothing. */
    boolean showsOneList() {
        return view.get() instanceof ItemSource.OfList;
    }

    /** The row of this item, if it is in the list. */
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
        window.close();
    }
}
