package dev.tidemark.app.list;

import dev.tidemark.app.fx.WindowedList;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.engine.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which items are selected: by id, as of a long list not all rows are at hand. All of them are read once, when somebody selects all.
 * Belongs to the view model's thread.
 */
public final class SelectedItems implements SelectionSnapshot.Source {
    private final UndoableItemWriter steps;
    private final Function<Query<ItemSummary>, List<ItemSummary>> reader;
    private final List<ItemRow> rows;
    private final WindowedList<ItemRow> window;
    private final Supplier<Query<ItemSummary>> list;
    private final Supplier<@Nullable UUID> open;
    private final ReadOnlyIntegerWrapper number = new ReadOnlyIntegerWrapper();
    private Set<UUID> ids = Set.of();

    /** All items of the list are being read, to be selected. */
    private @Nullable Reading reading;

    /** Whether it is being read which of them have left the list. */
    private boolean recounting;

    /** What is not to be done before all are known. */
    private static final class Reading {
        private final Set<UUID> except = new HashSet<>();
        private final List<Consumer<SelectionSnapshot>> waiting = new ArrayList<>();
    }

    /**
     * @param reader reads now, on the thread of the steps
     * @param rows those at hand
     * @param window of which they are part
     * @param list finds all that the list has
     * @param open the item that is open
     */
    SelectedItems(
            UndoableItemWriter steps,
            Function<Query<ItemSummary>, List<ItemSummary>> reader,
            List<ItemRow> rows,
            WindowedList<ItemRow> window,
            Supplier<Query<ItemSummary>> list,
            Supplier<@Nullable UUID> open) {
        this.steps = steps;
        this.reader = reader;
        this.rows = rows;
        this.window = window;
        this.list = list;
        this.open = open;
        window.totalProperty().subscribe((before, total) -> {
            if (total.intValue() < before.intValue()) {
                recount();
            }
        });
    }

    /** How many there are. */
    ReadOnlyIntegerProperty numberProperty() {
        return number.getReadOnlyProperty();
    }

    boolean has(UUID id) {
        return reading == null ? ids.contains(id) : !reading.except.contains(id);
    }

    /** Whether all items are being read that are selected. */
    boolean isPending() {
        return reading != null;
    }

    /**
     * The person has selected rows.
     *
     * @param chosen all selected rows of those at hand
     * @param keepsOthers whether items whose rows are not at hand stay selected
     */
    void choose(List<UUID> chosen, boolean keepsOthers) {
        if (!keepsOthers) {
            set(new LinkedHashSet<>(chosen));
            return;
        }
        List<UUID> atHand = rows.stream().map(ItemRow::id).toList();
        if (reading != null) {
            reading.except.addAll(atHand);
            chosen.forEach(reading.except::remove);
            return;
        }
        Set<UUID> next = new LinkedHashSet<>(ids);
        atHand.forEach(next::remove);
        next.addAll(chosen);
        set(next);
    }

    /** Selects all that the list has now, at hand or not. */
    void all() {
        if (isWhole()) {
            choose(rows.stream().map(ItemRow::id).toList(), false);
            return;
        }
        Reading mine = new Reading();
        reading = mine;
        number.set(window.totalProperty().get());
        Query<ItemSummary> query = list.get();
        steps.read(
                () -> idsOf(reader.apply(query)),
                found -> {
                    found.removeAll(mine.except);
                    if (mine.equals(reading)) {
                        set(found);
                    }
                    SelectionSnapshot all = chosen(found, query);
                    mine.waiting.forEach(action -> action.accept(all));
                },
                () -> {
                    if (mine.equals(reading)) {
                        set(ids);
                    }
                });
    }

    private static Set<UUID> idsOf(List<ItemSummary> items) {
        return items.stream().map(ItemSummary::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the rows at hand are all rows of the list. */
    private boolean isWhole() {
        return window.from() == 0 && !window.hasMore();
    }

    /** The rows are others: what has left the list is selected no longer. */
    void rowsChanged() {
        if (reading == null && !ids.isEmpty() && isWhole()) {
            keep(rows.stream().map(ItemRow::id).collect(Collectors.toSet()));
        }
    }

    /** The others have left. */
    private void keep(Set<UUID> there) {
        Set<UUID> left = new LinkedHashSet<>(ids);
        left.retainAll(there);
        set(left);
    }

    private void recount() {
        // Of one item, nobody is told the number, and all of a long list are not read for it.
        if (reading != null || recounting || ids.size() < 2 || isWhole()) {
            return;
        }
        recounting = true;
        Query<ItemSummary> query = list.get();
        steps.read(
                () -> idsOf(reader.apply(query)),
                there -> {
                    recounting = false;
                    if (reading == null) {
                        keep(there);
                    }
                },
                () -> recounting = false);
    }

    /** Another list is shown. */
    void clear() {
        set(Set.of());
    }

    private void set(Set<UUID> next) {
        reading = null;
        ids = next;
        number.set(next.size());
    }

    @Override
    public SelectionSnapshot snapshot() {
        if (reading != null) {
            List<ItemRow> atHand = rows.stream().filter(row -> has(row.id())).toList();
            return new SelectionSnapshot(
                    atHand, number.get(), new SelectionSnapshot.UnloadedItems(Set.of(), list.get()));
        }
        return chosen(ids, list.get());
    }

    private SelectionSnapshot chosen(Set<UUID> wanted, Query<ItemSummary> query) {
        UUID opened = open.get();
        List<ItemRow> atHand = rows.stream()
                .filter(row -> wanted.contains(row.id()) || row.id().equals(opened))
                .toList();
        Set<UUID> known = atHand.stream().map(ItemRow::id).collect(Collectors.toSet());
        return isWhole() || known.containsAll(wanted)
                ? SelectionSnapshot.of(atHand)
                : new SelectionSnapshot(atHand, wanted.size(), new SelectionSnapshot.UnloadedItems(wanted, query));
    }

    @Override
    public void withAll(Consumer<SelectionSnapshot> action) {
        if (reading == null) {
            action.accept(snapshot());
        } else {
            reading.waiting.add(action);
        }
    }
}
