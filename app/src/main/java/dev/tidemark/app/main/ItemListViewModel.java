package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.Delays;
import dev.tidemark.app.fx.GrowingList;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.PatchedList;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Search;
import dev.tidemark.app.model.Sort;
import dev.tidemark.app.model.Writes;
import dev.tidemark.app.quick.QuickAdd;
import dev.tidemark.app.quick.QuickAddParser;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.history.RowOrigin;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** The list in the middle: what it shows, which item is selected, and what can be done to a row. */
final class ItemListViewModel implements AutoCloseable {
    private static final Duration CHANGE_OF_MIND = Duration.ofMillis(1600);
    private static final Duration GLOW = Duration.ofSeconds(1);
    private static final String TABLE = "item";
    private static final int MANY = 100;

    private final Database database;
    private final Items items;
    private final Background background;
    private final Delays delays;
    private final Toasts toasts;
    private final UndoViewModel undo;
    private final Consumer<Throwable> failed;
    private final QuickAddParser parser = new QuickAddParser(Locale.getDefault());
    private final Supplier<? extends Collection<String>> listNames;
    private final LiveList<ItemRow> live;
    private final GrowingList<ItemRow> growing;
    private final ReadOnlyObjectWrapper<ItemView> view = new ReadOnlyObjectWrapper<>(new ItemView.Inbox());
    private final ObjectProperty<@Nullable UUID> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Arrangement> arrangement = new ReadOnlyObjectWrapper<>(Arrangement.PLAIN);
    private final ObservableList<UUID> selection = FXCollections.observableArrayList();
    private final ViewArrangements arrangements;
    private final ItemMoves moves;
    private final SelectedItems selectedItems;
    private final ObservableSet<UUID> glowing = FXCollections.observableSet(new HashSet<>());
    private final BooleanProperty loaded = new SimpleBooleanProperty();
    private final Set<UUID> ticked = new HashSet<>();
    private Set<UUID> conflicted = Set.of();
    private @Nullable ItemRow pressed;
    private ItemView searchedFrom = new ItemView.Inbox();

    ItemListViewModel(
            Database database,
            Writes writes,
            Executor executor,
            Background background,
            Delays delays,
            Toasts toasts,
            UndoViewModel undo,
            Supplier<? extends Collection<String>> listNames,
            ViewArrangements arrangements,
            Consumer<Throwable> failed) {
        this.listNames = listNames;
        this.arrangements = arrangements;
        this.database = database;
        this.items = new Items(writes);
        this.background = background;
        this.delays = delays;
        this.toasts = toasts;
        this.undo = undo;
        this.failed = failed;
        live = new LiveList<>(database, executor, ItemRow::id, failed);
        growing = new GrowingList<>(live, database, executor, failed);
        live.hold(row -> ticked.contains(row.id()), ItemListViewModel::asDone);
        moves = new ItemMoves(items, background, undo, failed, new Loaded());
        selectedItems = new SelectedItems(items, background, undo, toasts, this::selectedRows, failed);
    }

    /** The rows as {@link ItemMoves} wants them. */
    private final class Loaded implements ItemMoves.Loaded {
        @Override
        public List<ItemRow> rows() {
            return live.rows();
        }

        @Override
        public boolean isCut() {
            return growing.isCut();
        }

        @Override
        public Callable<List<ItemRow>> reading(int limit) {
            Query<ItemRow> query = ItemQueries.rows(view.get(), arrangement.get(), limit);
            return () -> database.list(query);
        }
    }

    /** Has these called around each update of the rows, so that the view can keep its selection. */
    void aroundUpdates(Runnable before, Runnable after) {
        live.around(before, update -> {
            loaded.set(true);
            after.run();
            glowWhatCameFromElsewhere(update.arrived());
        });
    }

    /** The rows from the top; not all, if there are very many. */
    PatchedList<ItemRow> rows() {
        return live.rows();
    }

    /** What the list shows in all, and what of it is in {@link #rows}. */
    GrowingList<ItemRow> growing() {
        return growing;
    }

    ReadOnlyObjectProperty<ItemView> viewProperty() {
        return view.getReadOnlyProperty();
    }

    ObjectProperty<@Nullable UUID> selectedProperty() {
        return selected;
    }

    /** All selected items in the order of the list; the last one that was chosen is {@link #selectedProperty}. */
    ObservableList<UUID> selection() {
        return selection;
    }

    /** What can be done to all of them. */
    SelectedItems selectedItems() {
        return selectedItems;
    }

    /** In which order the view is shown, and what of it. */
    ReadOnlyObjectProperty<Arrangement> arrangementProperty() {
        return arrangement.getReadOnlyProperty();
    }

    /** Shows the view in another way, now and whenever it is opened. */
    void arrange(Arrangement wanted) {
        if (!wanted.equals(arrangement.get())) {
            arrangement.set(wanted);
            arrangements.set(view.get(), wanted);
            refresh();
        }
    }

    /** Whether a first result has been shown; until then an empty list means nothing. */
    ReadOnlyBooleanProperty loadedProperty() {
        return loaded;
    }

    /** Rows that have just arrived from another device. */
    ObservableSet<UUID> glowing() {
        return glowing;
    }

    void show(ItemView next) {
        if (!next.equals(view.get())) {
            // What was open belongs to the view before.
            selected.set(null);
        }
        arrangement.set(arrangements.of(next));
        view.set(next);
        refresh();
    }

    /**
     * Shows what a search finds, as it is typed; an empty line shows what was shown before.
     *
     * @param today what day it is
     */
    void search(String text, LocalDate today) {
        boolean isSearching = view.get() instanceof ItemView.Found found && found.saved() == null;
        if (text.isBlank()) {
            if (isSearching) {
                show(searchedFrom);
            }
            return;
        }
        if (!isSearching) {
            searchedFrom = view.get();
        }
        show(new ItemView.Found(text, today, null));
    }

    /** The words that are searched for, to be marked in the rows. */
    List<String> searchedWords() {
        return view.get() instanceof ItemView.Found found
                ? Search.parse(found.text(), found.today()).words()
                : List.of();
    }

    private void refresh() {
        ticked.clear();
        ItemView shown = view.get();
        Arrangement arranged = arrangement.get();
        growing.show(limit -> ItemQueries.rows(shown, arranged, limit), ItemQueries.count(shown, arranged));
    }

    /** Notes which row the pointer was pressed on: by the time that a drag is noticed, its cell may show another. */
    void press(@Nullable ItemRow row) {
        pressed = row;
    }

    @Nullable
    ItemRow pressed() {
        return pressed;
    }

    /** Whether rows stand where the person puts them. */
    boolean isOwnOrder() {
        return arrangement.get().sort() == Sort.OWN;
    }

    /** Moves rows before or after another one, if the list is in the person's own order; says so if it is not. */
    void moveBeside(List<UUID> ids, UUID target, boolean after) {
        if (canMove()) {
            moves.beside(ids, target, after);
        }
    }

    /** Moves the selected rows one place up or down. */
    void moveSelected(boolean down) {
        if (!selection.isEmpty() && canMove()) {
            moves.by(List.copyOf(selection), down);
        }
    }

    private boolean canMove() {
        if (!isOwnOrder()) {
            toasts.show(new Toast(Texts.text(Keys.TOAST_NOT_OWN_ORDER), null));
        }
        return isOwnOrder();
    }

    /**
     * Does what dropping items on a line of the sidebar means.
     *
     * @param name what the line is called
     */
    void drop(List<UUID> ids, ItemView target, String name) {
        moves.onto(ids, target, name);
    }

    /** The group that begins with this row, if the view has groups and one begins there. */
    @Nullable
    DayGroup groupFrom(int index) {
        if (!(view.get() instanceof ItemView.Upcoming upcoming) || index < 0 || index >= rows().size()) {
            return null;
        }
        DayGroup group = group(rows().get(index), upcoming.date());
        return index > 0 && group == group(rows().get(index - 1), upcoming.date()) ? null : group;
    }

    private static @Nullable DayGroup group(ItemRow row, LocalDate today) {
        return row.due() == null ? null : DayGroup.of(row.due(), today);
    }

    /**
     * What a line means that is being typed.
     *
     * @param literal pieces of it that the person wants in the title
     */
    QuickAdd understand(String text, Set<String> literal) {
        return parser.parse(text, LocalDateTime.now(java.time.ZoneId.systemDefault()), listNames.get(), literal);
    }

    /** Whether there is a list of this name, in any case. */
    boolean hasList(String name) {
        return listNames.get().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Adds what was typed to the list that it names, or else to the one that is shown; a blank line adds nothing. */
    void add(QuickAdd typed) {
        if (typed.title().isEmpty()) {
            return;
        }
        NewItem dated = placed(list -> typed.item(kind(), list));
        background.run(
                () -> items.together(
                        writer -> writer.add(typed.list() == null ? dated : dated.in(writer.list(typed.list())))),
                id -> {},
                failed);
    }

    /** Adds an item for each line of a text from elsewhere, as one step; nothing in it is interpreted. Says so, with a way back. */
    void addLines(String text) {
        List<NewItem> made = PastedLines.titles(text).reversed().stream()
                .map(title -> placed(list -> plain(title).in(list)))
                .toList();
        if (!made.isEmpty()) {
            undo.offer(
                    () -> items.together(writer -> {
                        made.forEach(writer::add);
                        return Texts.text(Keys.TOAST_ADDED, made.size());
                    }),
                    () -> {});
        }
    }

    private NewItem plain(String title) {
        return kind() == Kind.NOTE ? NewItem.note(title) : NewItem.todo(title);
    }

    private Kind kind() {
        return view.get() instanceof ItemView.Notes ? Kind.NOTE : Kind.TODO;
    }

    /** A new item as it belongs into what is shown: into its list, on its day, with its tag. */
    private NewItem placed(Function<@Nullable UUID, NewItem> make) {
        ItemView shown = view.get();
        NewItem item = make.apply(shown instanceof ItemView.OfList list ? list.id() : null);
        return switch (shown) {
            case ItemView.Today today when item.due() == null -> item.withDue(new Due(today.date()));
            case ItemView.Upcoming upcoming
            when item.due() == null -> item.withDue(new Due(upcoming.date().plusDays(1)));
            case ItemView.OfTag tag -> item.tagged(withTag(item.tags(), tag.name()));
            default -> item;
        };
    }

    private static List<String> withTag(List<String> tags, String name) {
        return Stream.concat(tags.stream(), Stream.of(name)).distinct().toList();
    }

    /** Ticks the row off or opens it again; it stays in sight long enough for a change of mind. */
    void tick(ItemRow row, boolean done) {
        hold(row.id(), done);
        background.run(() -> items.setDone(row.id(), done), changed -> {}, failed);
    }

    private void hold(UUID id, boolean done) {
        if (done) {
            ticked.add(id);
            delays.after(CHANGE_OF_MIND, () -> letGo(id));
        } else {
            ticked.remove(id);
        }
    }

    private void letGo(UUID id) {
        if (ticked.remove(id)) {
            live.release(row -> row.id().equals(id));
        }
    }

    /** Ticks the selected items, or opens them again if all are done: one step that can be taken back. */
    void tickSelected() {
        List<ItemRow> chosen = selectedRows();
        boolean done = !chosen.stream().allMatch(ItemRow::done);
        List<UUID> ids = chosen.stream()
                .filter(row -> row.done() != done)
                .map(ItemRow::id)
                .toList();
        ids.forEach(id -> hold(id, done));
        background.run(
                () -> items.together(writer -> {
                    ids.forEach(id -> writer.setDone(id, done));
                    return ids.size();
                }),
                changed -> {},
                failed);
    }

    /** Moves the selected items to the trash; in the trash, there is nothing left to do. */
    void trashSelected() {
        List<ItemRow> chosen =
                selectedRows().stream().filter(row -> !row.trashed()).toList();
        if (chosen.size() == 1) {
            trash(chosen.getFirst().id());
        } else if (!chosen.isEmpty()) {
            selected.set(null);
            moves.onto(chosen.stream().map(ItemRow::id).toList(), new ItemView.Trash(), "");
        }
    }

    void trash(UUID id) {
        ticked.remove(id);
        if (id.equals(selected.get())) {
            selected.set(null);
        }
        undo.offer(() -> items.trash(id), Keys.TOAST_TRASHED);
    }

    void restore(UUID id) {
        if (view.get() instanceof ItemView.Trash && id.equals(selected.get())) {
            selected.set(null);
        }
        undo.offer(() -> items.restore(id), Keys.TOAST_RESTORED);
    }

    void purge(UUID id) {
        if (id.equals(selected.get())) {
            selected.set(null);
        }
        background.run(
                () -> {
                    items.purge(id);
                    return id;
                },
                gone -> toasts.show(new Toast(Texts.text(Keys.TOAST_PURGED), null)),
                failed);
    }

    private List<ItemRow> selectedRows() {
        Set<UUID> chosen = new HashSet<>(selection);
        if (selected.get() != null) {
            chosen.add(selected.get());
        }
        return chosen.isEmpty()
                ? List.of()
                : rows().stream().filter(row -> chosen.contains(row.id())).toList();
    }

    private void glowWhatCameFromElsewhere(List<ItemRow> arrived) {
        // Where everything glows, nothing does.
        if (arrived.isEmpty() || arrived.size() > MANY) {
            return;
        }
        List<UUID> ids = arrived.stream().map(ItemRow::id).toList();
        background.run(() -> database.origins(TABLE, ids), this::glow, failed);
    }

    private void glow(Map<UUID, RowOrigin> origins) {
        Set<UUID> foreign = new HashSet<>();
        origins.forEach((id, origin) -> {
            if (!origin.changedBy().equals(database.replica())) {
                foreign.add(id);
            }
        });
        if (!foreign.isEmpty()) {
            glowing.addAll(foreign);
            delays.after(GLOW, () -> glowing.removeAll(foreign));
        }
    }

    /** Moves on what depends on the day. */
    void dayChanged(LocalDate today) {
        switch (view.get()) {
            case ItemView.Today it -> show(new ItemView.Today(today));
            case ItemView.Upcoming it -> show(new ItemView.Upcoming(today));
            case ItemView.Found it -> show(new ItemView.Found(it.text(), today, it.saved()));
            default -> {
                // What they show does not depend on the day.
            }
        }
    }

    @Override
    public void close() {
        growing.close();
    }

    private static ItemRow asDone(ItemRow row) {
        return new ItemRow(
                row.id(),
                row.kind(),
                row.title(),
                row.excerpt(),
                row.priority(),
                true,
                row.due(),
                row.listId(),
                row.list(),
                row.tags(),
                row.trashed());
    }

    /** Sets which items have conflicts. */
    void setConflicted(Set<UUID> ids) {
        conflicted = Set.copyOf(ids);
        if (view.get() instanceof ItemView.Conflicts) {
            ItemView now = new ItemView.Conflicts(conflicted);
            if (!now.equals(view.get())) {
                view.set(now);
                refresh();
            }
        }
    }

    boolean hasConflict(UUID id) {
        return conflicted.contains(id);
    }

    /** Whether all rows are of one list, so that naming it in each would say nothing. */
    boolean showsOneList() {
        return view.get() instanceof ItemView.OfList;
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
}
