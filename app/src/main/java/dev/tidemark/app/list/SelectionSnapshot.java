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
 * Items that something is to be done to. Immutable.
 *
 * @param rows those of their rows that are at hand, in the order of the list
 * @param number how many items there are
 * @param unloaded what finds all of them, if the rows of some are not at hand
 */
public record SelectionSnapshot(
        List<ItemRow> rows, int number, @Nullable UnloadedItems unloaded) {
    /**
     * Which items are meant where not all have a row at hand: those of these that the list has still got when it is done.
     *
     * @param ids in the order of the list
     * @param list finds what the list has
     */
    record UnloadedItems(Set<UUID> ids, Query<ItemSummary> list) {}

    /** Knows what is selected. */
    @FunctionalInterface
    interface Source {
        /** What is selected, to look at. */
        SelectionSnapshot snapshot();

        /** Does something to what is selected, as soon as it is known in full. */
        default void withAll(Consumer<SelectionSnapshot> action) {
            action.accept(snapshot());
        }
    }

    /** These, all of which are at hand. */
    static SelectionSnapshot of(List<ItemRow> rows) {
        return new SelectionSnapshot(List.copyOf(rows), rows.size(), null);
    }

    public boolean isEmpty() {
        return number == 0;
    }

    /** Whether the rows are all there is. */
    public boolean isFullyLoaded() {
        return unloaded == null;
    }

    boolean has(UUID id) {
        return unloaded == null
                ? rows.stream().anyMatch(row -> row.id().equals(id))
                : unloaded.ids().contains(id);
    }

    /** Their ids in the order of the list; of those that are not at hand, some may have left it. */
    Collection<UUID> ids() {
        return unloaded == null ? rows.stream().map(ItemRow::id).toList() : unloaded.ids();
    }

    /**
     * Those that a state holds of which is the same for all items of a view. Without any row at hand, these.
     *
     * @param state of a row
     */
    SelectionSnapshot where(Predicate<ItemRow> state) {
        if (unloaded == null) {
            return of(rows.stream().filter(state).toList());
        }
        return rows.isEmpty() || rows.stream().anyMatch(state) ? this : of(List.of());
    }

    /**
     * All of them, in the order of the list.
     *
     * @param reader reads what is not at hand: within a transaction, or now
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
