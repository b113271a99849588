package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.engine.Query;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Describes the items that a command applies to. Immutable.
 *
 * @param rows the loaded rows of these items, in the order of the list
 * @param number the number of items, loaded or not
 * @param unloaded finds the items if some of them are not loaded; {@code null} if all are loaded
 */
public record SelectionSnapshot(
        List<ItemRow> rows, int number, @Nullable UnloadedItems unloaded) {
    /**
     * Finds the items of a selection that is not fully loaded: the items with these ids that are still in the list when
     * the command runs.
     *
     * @param ids the ids in the order of the list
     * @param list the query for all items of the list
     */
    record UnloadedItems(Set<UUID> ids, Query<ItemSummary> list) {}

    /** Provides the selection. */
    @FunctionalInterface
    interface Source {
        /** The current selection. During a "select all", its ids may be incomplete. */
        SelectionSnapshot snapshot();

        /** Runs the action with the selection as soon as all ids are known. */
        default void withAll(Consumer<SelectionSnapshot> action) {
            action.accept(snapshot());
        }
    }

    static SelectionSnapshot of(List<ItemRow> rows) {
        return new SelectionSnapshot(List.copyOf(rows), rows.size(), null);
    }

    public boolean isEmpty() {
        return number == 0;
    }

    public boolean isFullyLoaded() {
        return unloaded == null;
    }

    boolean has(UUID id) {
        return unloaded == null
                ? rows.stream().anyMatch(row -> row.id().equals(id))
                : unloaded.ids().contains(id);
    }

    /** The ids in the order of the list. If some items are not loaded, some of the ids may have left the list. */
    Collection<UUID> ids() {
        return unloaded == null ? rows.stream().map(ItemRow::id).toList() : unloaded.ids();
    }

    /**
     * Returns the items in a state. If some items are not loaded, their state is unknown. It then returns all items if
     * a loaded row matches or no row is loaded, and otherwise none.
     */
    SelectionSnapshot where(Predicate<ItemRow> state) {
        if (unloaded == null) {
            return of(rows.stream().filter(state).toList());
        }
        return rows.isEmpty() || rows.stream().anyMatch(state) ? this : of(List.of());
    }

    /**
     * Returns all items in the order of the list.
     *
     * @param reader runs the query if some items are not loaded
     */
    public List<ItemSummary> items(Function<Query<ItemSummary>, List<ItemSummary>> reader) {
        if (unloaded == null) {
            return rows.stream().map(ItemSummary::of).toList();
        }
        return reader.apply(unloaded.list()).stream()
                .filter(item -> unloaded.ids().contains(item.id()))
                .toList();
    }
}
