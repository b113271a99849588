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
 * Holds the ids of the selected items. Only a part of the rows of a long list is loaded, so "select all" reads the ids
 * of all items. Belongs to the thread of the view model.
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

    /** The running read of all ids for "select all"; {@code null} if none runs. */
    private @Nullable Reading reading;

    /** Whether a read is running that finds out which selected items left the list. */
    private boolean recounting;

    /**
     * A running read of all ids, with the items that the user deselects meanwhile, and the actions that wait for the
     * ids.
     */
    private static final class Reading {
        private final Set<UUID> except = new HashSet<>();
        private final List<Consumer<SelectionSnapshot>> waiting = new ArrayList<>();
    }

    /**
     * @param reader runs a query. Called in the background of {@code steps}
     * @param window the window of {@code rows} within the list
     * @param list returns the query for all items of the list
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

    ReadOnlyIntegerProperty numberProperty() {
        return number.getReadOnlyProperty();
    }

    boolean has(UUID id) {
        return reading == null ? ids.contains(id) : !reading.except.contains(id);
    }

    /** Whether the read of all ids for "select all" is still running. */
    boolean isPending() {
        return reading != null;
    }

    /**
     * Applies the user's selection of loaded rows.
     *
     * @param keepsOthers whether items that are not loaded stay selected
     */
    void choose(List<UUID> selected, boolean keepsOthers) {
        if (!keepsOthers) {
            set(new LinkedHashSet<>(selected));
            return;
        }
        List<UUID> loaded = rows.stream().map(ItemRow::id).toList();
        if (reading != null) {
            reading.except.addAll(loaded);
            selected.forEach(reading.except::remove);
            return;
        }
        Set<UUID> next = new LinkedHashSet<>(ids);
        loaded.forEach(next::remove);
        next.addAll(selected);
        set(next);
    }

    /** Selects all items of the list, including those that are not loaded. */
    void all() {
        if (isFullyLoaded()) {
            choose(rows.stream().map(ItemRow::id).toList(), false);
            return;
        }
        Reading current = new Reading();
        reading = current;
        number.set(window.totalProperty().get());
        Query<ItemSummary> query = list.get();
        steps.read(
                () -> idsOf(reader.apply(query)),
                found -> {
                    found.removeAll(current.except);
                    if (current.equals(reading)) {
                        set(found);
                    }
                    SelectionSnapshot all = snapshotOf(found, query);
                    current.waiting.forEach(action -> action.accept(all));
                },
                () -> {
                    if (current.equals(reading)) {
                        set(ids);
                    }
                });
    }

    private static Set<UUID> idsOf(List<ItemSummary> items) {
        return items.stream().map(ItemSummary::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether all rows of the list are loaded. */
    private boolean isFullyLoaded() {
        return window.from() == 0 && !window.hasMore();
    }

    /** Deselects items that left the list. */
    void rowsChanged() {
        if (reading == null && !ids.isEmpty() && isFullyLoaded()) {
            retain(rows.stream().map(ItemRow::id).collect(Collectors.toSet()));
        }
    }

    /** Deselects all items except these. */
    private void retain(Set<UUID> remaining) {
        Set<UUID> left = new LinkedHashSet<>(ids);
        left.retainAll(remaining);
        set(left);
    }

    private void recount() {
        // Does not read a long list for a single item, because the header shows no count then.
        if (reading != null || recounting || ids.size() < 2 || isFullyLoaded()) {
            return;
        }
        recounting = true;
        Query<ItemSummary> query = list.get();
        steps.read(
                () -> idsOf(reader.apply(query)),
                remaining -> {
                    recounting = false;
                    if (reading == null) {
                        retain(remaining);
                    }
                },
                () -> recounting = false);
    }

    /** Deselects everything, because the list shows another view. */
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
            List<ItemRow> loaded = rows.stream().filter(row -> has(row.id())).toList();
            return new SelectionSnapshot(
                    loaded, number.get(), new SelectionSnapshot.UnloadedItems(Set.of(), list.get()));
        }
        return snapshotOf(ids, list.get());
    }

    private SelectionSnapshot snapshotOf(Set<UUID> wanted, Query<ItemSummary> query) {
        UUID opened = open.get();
        List<ItemRow> loaded = rows.stream()
                .filter(row -> wanted.contains(row.id()) || row.id().equals(opened))
                .toList();
        Set<UUID> known = loaded.stream().map(ItemRow::id).collect(Collectors.toSet());
        return isFullyLoaded() || known.containsAll(wanted)
                ? SelectionSnapshot.of(loaded)
                : new SelectionSnapshot(loaded, wanted.size(), new SelectionSnapshot.UnloadedItems(wanted, query));
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
