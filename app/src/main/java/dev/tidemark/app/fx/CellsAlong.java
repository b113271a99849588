package dev.tidemark.app.fx;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
public final class CellsAlong<T> {
    private final Function<T, Object> key;
    private final List<WeakReference<ListCell<T>>> cells = new ArrayList<>();

    /**
     * @param rows what the list shows; not yet given to the list, whose cells then hear of changes after this
     * @param key by which two versions of one row are recognised
     */
    public CellsAlong(ObservableList<T> rows, Function<T, Object> key) {
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
        while (change.next()) {
            if (change.wasReplaced()) {
                find(change);
            } else if (!change.wasPermutated()) {
                move(change.getFrom() + change.getRemovedSize(), change.getAddedSize() - change.getRemovedSize());
            }
        }
    }

    private void move(int from, int by) {
        for (ListCell<T> cell : known()) {
            if (cell.getIndex() >= from && by != 0) {
                cell.updateIndex(cell.getIndex() + by);
            }
        }
    }

    private void find(ListChangeListener.Change<? extends T> change) {
        Map<Object, ListCell<T>> wanted = new HashMap<>();
        for (ListCell<T> cell : known()) {
            T row = cell.getItem();
            if (row != null && cell.getIndex() >= change.getFrom()) {
                wanted.put(key.apply(row), cell);
            }
        }
        for (int index = change.getFrom(); index < change.getTo() && !wanted.isEmpty(); index++) {
            ListCell<T> cell = wanted.remove(key.apply(change.getList().get(index)));
            if (cell != null && cell.getIndex() != index) {
                cell.updateIndex(index);
            }
        }
    }

    private List<ListCell<T>> known() {
        return cells.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    }
}
