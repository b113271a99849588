package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemRow;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Moves rows in a list with the manual sort order. Belongs to the thread of the view model. */
record ItemReordering(UndoableItemWriter steps, LoadedRows loaded) {
    /**
     * Gives access to the loaded rows, which may be a part of the list.
     *
     * @param from the number of rows before the loaded ones
     * @param hasMore whether rows follow the loaded ones
     * @param isManualOrder whether the list is in the manual order
     * @param reading creates a background read of rows, given the index of the first row and the maximum number of rows
     */
    record LoadedRows(
            Supplier<List<ItemRow>> rows,
            IntSupplier from,
            BooleanSupplier hasMore,
            BooleanSupplier isManualOrder,
            BiFunction<Integer, Integer, Callable<List<ItemRow>>> reading) {}

    /** Whether the list is in the manual sort order. Rows can be moved only in this order. */
    boolean canReorder() {
        return loaded.isManualOrder().getAsBoolean();
    }

    /**
     * Moves rows before or after a target row. In another sort order, shows a message instead. Completed rows stay
     * below open rows.
     */
    void moveBeside(Collection<UUID> ids, UUID target, boolean after) {
        if (explainIfNotPossible()) {
            withNeighbours(ids, target, rows -> moveBeside(rows, ids, target, after));
        }
    }

    private void moveBeside(List<ItemRow> rows, Collection<UUID> ids, UUID target, boolean after) {
        Set<UUID> moved = new HashSet<>(ids);
        List<ItemRow> others =
                rows.stream().filter(row -> !moved.contains(row.id())).toList();
        int index = others.stream().map(ItemRow::id).toList().indexOf(target);
        if (index < 0) {
            return;
        }
        boolean done = others.get(index).done();
        int position = after ? index + 1 : index;
        UUID above = neighbour(others, position - 1, done);
        UUID below = neighbour(others, position, done);
        steps.run(writer -> writer.move(List.copyOf(ids), above, below));
    }

    private boolean explainIfNotPossible() {
        if (!canReorder()) {
            steps.showMessage(Messages.text(Keys.TOAST_NOT_OWN_ORDER));
        }
        return canReorder();
    }

    /** Moves rows one place up or down. In another sort order, shows a message instead. */
    void moveBy(Collection<UUID> ids, boolean down) {
        if (!ids.isEmpty() && explainIfNotPossible()) {
            List<Integer> indices = indices(loaded.rows().get(), ids);
            UUID last = indices.isEmpty()
                    ? ids.iterator().next()
                    : loaded.rows().get().get(indices.getLast()).id();
            withNeighbours(ids, last, rows -> moveBy(rows, ids, down));
        }
    }

    private static List<Integer> indices(List<ItemRow> rows, Collection<UUID> ids) {
        Set<UUID> wanted = new HashSet<>(ids);
        return IntStream.range(0, rows.size())
                .filter(index -> wanted.contains(rows.get(index).id()))
                .boxed()
                .toList();
    }

    private void moveBy(List<ItemRow> all, Collection<UUID> ids, boolean down) {
        List<Integer> indices = indices(all, ids);
        if (indices.isEmpty()) {
            return;
        }
        int next = down ? indices.getLast() + 1 : indices.getFirst() - 1;
        if (next >= 0
                && next < all.size()
                && all.get(next).done() == all.get(indices.getFirst()).done()) {
            moveBeside(all, ids, all.get(next).id(), down);
        }
    }

    /**
     * Runs the work with the rows around the target. Reads more rows first if the neighbours of the target are not
     * loaded.
     */
    private void withNeighbours(Collection<UUID> ids, UUID target, Consumer<List<ItemRow>> work) {
        List<ItemRow> rows = loaded.rows().get();
        int beyond = ids.size() + 1;
        boolean isNearEnd = !isAmong(rows.subList(0, Math.max(0, rows.size() - beyond)), target);
        boolean isNearStart = !isAmong(rows.subList(Math.min(beyond, rows.size()), rows.size()), target);
        if ((isNearEnd && loaded.hasMore().getAsBoolean())
                || (isNearStart && loaded.from().getAsInt() > 0)) {
            int from = Math.max(0, loaded.from().getAsInt() - beyond);
            int behind = loaded.from().getAsInt() + rows.size() + beyond + 1;
            steps.read(loaded.reading().apply(from, behind - from), work);
        } else {
            work.accept(rows);
        }
    }

    private static boolean isAmong(List<ItemRow> rows, UUID id) {
        return rows.stream().anyMatch(row -> row.id().equals(id));
    }

    private static @Nullable UUID neighbour(List<ItemRow> rows, int index, boolean done) {
        return index >= 0 && index < rows.size() && rows.get(index).done() == done
                ? rows.get(index).id()
                : null;
    }
}
