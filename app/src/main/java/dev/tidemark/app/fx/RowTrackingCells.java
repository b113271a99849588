package dev.tidemark.app.fx;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.ListCell;

/**
 * Moves the cells of a list view with their rows. When rows change, JavaFX would leave each cell at its index and fill
 * all cells below with other rows. This class gives each cell the new index of its row. JavaFX finds the cell at this
 * index at the next layout. Belongs to the JavaFX thread.
 */
public final class RowTrackingCells<T> {
    private static final int NO_INDEX = -1;

    private final Function<T, Object> key;
    private final List<WeakReference<ListCell<T>>> cells = new ArrayList<>();

    /**
     * @param rows the rows of the list view. Create this object before the list view gets the rows, so that the
     *     listener of this object runs first
     * @param key returns the identity of a row, which is equal for all versions of the row
     */
    public RowTrackingCells(ObservableList<T> rows, Function<T, Object> key) {
        this.key = key;
        rows.addListener(this::changed);
    }

    /** Tracks a cell and returns it. */
    public <C extends ListCell<T>> C add(C cell) {
        cells.removeIf(known -> known.get() == null);
        cells.add(new WeakReference<>(cell));
        return cell;
    }

    private void changed(ListChangeListener.Change<? extends T> change) {
        Map<ListCell<T>, Integer> indices = new LinkedHashMap<>();
        known().forEach(cell -> indices.put(cell, cell.getIndex()));
        Set<ListCell<T>> left = new LinkedHashSet<>();
        while (change.next()) {
            if (!change.wasPermutated()) {
                follow(change, indices, left);
            }
        }
        indices.keySet().removeAll(left);
        // Two cells with the same index would swap at each layout, even between mouse press and release.
        left.forEach(cell -> indices.put(cell, indices.containsValue(cell.getIndex()) ? NO_INDEX : cell.getIndex()));
        indices.forEach((cell, index) -> {
            if (cell.getIndex() != index) {
                cell.updateIndex(index);
            }
        });
    }

    private void follow(
            ListChangeListener.Change<? extends T> change, Map<ListCell<T>, Integer> indices, Set<ListCell<T>> left) {
        Map<Object, ListCell<T>> removed = new HashMap<>();
        indices.forEach((cell, index) -> {
            T row = cell.getItem();
            if (index >= change.getFrom() + change.getRemovedSize()) {
                indices.put(cell, index + change.getAddedSize() - change.getRemovedSize());
            } else if (index >= change.getFrom() && row != null) {
                removed.put(key.apply(row), cell);
            }
        });
        for (int index = change.getFrom(); index < change.getTo() && !removed.isEmpty(); index++) {
            ListCell<T> cell = removed.remove(key.apply(change.getList().get(index)));
            if (cell != null) {
                indices.put(cell, index);
            }
        }
        left.addAll(removed.values());
    }

    private List<ListCell<T>> known() {
        return cells.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    }
}
