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
 * Has a list's cells go along with their rows. Where rows come, go or are exchanged, JavaFX leaves each cell at its index and fills all
 * that follow anew; with this, a cell keeps its row and is given the row's new index, at which JavaFX finds it when it lays the list out.
 * Belongs to JavaFX's thread.
 *
 * @param <T> a row
 */
public final class RowTrackingCells<T> {
    private static final int NOWHERE = -1;

    private final Function<T, Object> key;
    private final List<WeakReference<ListCell<T>>> cells = new ArrayList<>();

    /**
     * @param rows what the list shows; not yet given to the list, whose cells then hear of changes after this
     * @param key by which two versions of one row are recognised
     */
    public RowTrackingCells(ObservableList<T> rows, Function<T, Object> key) {
        this.key = key;
        rows.addListener(this::changed);
    }

    /** This cell, which goes along from now on. */
    public <C extends ListCell<T>> C add(C cell) {
        cells.removeIf(known -> known.get() == null);
        cells.add(new WeakReference<>(cell));
        return cell;
    }

    private void changed(ListChangeListener.Change<? extends T> change) {
        Map<ListCell<T>, Integer> places = new LinkedHashMap<>();
        known().forEach(cell -> places.put(cell, cell.getIndex()));
        Set<ListCell<T>> left = new LinkedHashSet<>();
        while (change.next()) {
            if (!change.wasPermutated()) {
                follow(change, places, left);
            }
        }
        places.keySet().removeAll(left);
        // Two cells at one index would take turns with each layout, also between a press of the mouse and its release.
        left.forEach(cell -> places.put(cell, places.containsValue(cell.getIndex()) ? NOWHERE : cell.getIndex()));
        places.forEach((cell, index) -> {
            if (cell.getIndex() != index) {
                cell.updateIndex(index);
            }
        });
    }

    private void follow(
            ListChangeListener.Change<? extends T> change, Map<ListCell<T>, Integer> places, Set<ListCell<T>> left) {
        Map<Object, ListCell<T>> removed = new HashMap<>();
        places.forEach((cell, index) -> {
            T row = cell.getItem();
            if (index >= change.getFrom() + change.getRemovedSize()) {
                places.put(cell, index + change.getAddedSize() - change.getRemovedSize());
            } else if (index >= change.getFrom() && row != null) {
                removed.put(key.apply(row), cell);
            }
        });
        for (int index = change.getFrom(); index < change.getTo() && !removed.isEmpty(); index++) {
            ListCell<T> cell = removed.remove(key.apply(change.getList().get(index)));
            if (cell != null) {
                places.put(cell, index);
            }
        }
        left.addAll(removed.values());
    }

    private List<ListCell<T>> known() {
        return cells.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    }
}
