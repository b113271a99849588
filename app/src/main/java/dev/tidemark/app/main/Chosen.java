package dev.tidemark.app.main;

import dev.tidemark.app.model.ItemBrief;
import dev.tidemark.app.model.ItemRow;
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
 * @param beyond what finds all of them, if the rows of some are not at hand
 */
record Chosen(List<ItemRow> rows, int number, @Nullable Beyond beyond) {
    /**
     * Which items are meant where not all have a row at hand: those of these that the list has still got when it is done.
     *
     * @param ids in the order of the list
     * @param list finds what the list has
     */
    record Beyond(Set<UUID> ids, Query<ItemBrief> list) {}

    /** Knows what is selected. */
    @FunctionalInterface
    interface Source {
        /** What is selected, to look at. */
        Chosen now();

        /** Does something to what is selected, as soon as it is known in full. */
        default void use(Consumer<Chosen> action) {
            action.accept(now());
        }
    }

    /** These, all of which are at hand. */
    static Chosen of(List<ItemRow> rows) {
        return new Chosen(List.copyOf(rows), rows.size(), null);
    }

    boolean isEmpty() {
        return number == 0;
    }

    /** Whether the rows are all there is. */
    boolean isAtHand() {
        return beyond == null;
    }

    boolean has(UUID id) {
        return beyond == null
                ? rows.stream().anyMatch(row -> row.id().equals(id))
                : beyond.ids().contains(id);
    }

    /** Their ids in the order of the list; of those that are not at hand, some may have left it. */
    Collection<UUID> ids() {
        return beyond == null ? rows.stream().map(ItemRow::id).toList() : beyond.ids();
    }

    /**
     * Those that a state holds of which is the same for all items of a view. Without any row at hand, these.
     *
     * @param state of a row
     */
    Chosen where(Predicate<ItemRow> state) {
        if (beyond == null) {
            return of(rows.stream().filter(state).toList());
        }
        return rows.isEmpty() || rows.stream().anyMatch(state) ? this : of(List.of());
    }

    /**
     * All of them, in the order of the list.
     *
     * @param reader reads what is not at hand: within a transaction, or now
     */
    List<ItemBrief> items(Function<Query<ItemBrief>, List<ItemBrief>> reader) {
        if (beyond == null) {
            return rows.stream().map(ItemBrief::of).toList();
        }
        return reader.apply(beyond.list()).stream()
                .filter(item -> beyond.ids().contains(item.id()))
                .toList();
    }
}
