package dev.tidemark.app.fx;

import dev.tidemark.engine.Query.Result.Difference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javafx.collections.ModifiableObservableListBase;

/**
 * An observable list that applies the differences between query results, so that a list view keeps its selection and
 * scroll position.
 *
 * <p>A row that leaves the result can stay in the list for a while. For example, a completed item stays long enough for
 * the user to reopen it. The indices of a difference do not count such retained rows.
 *
 * <p>Belongs to one thread.
 */
public final class PatchedList<T> extends ModifiableObservableListBase<T> {
    /** The maximum number of changes that are applied one by one. For more, replacing all rows is faster. */
    private static final int MANY_STEPS = 100;

    private final ArrayList<T> rows = new ArrayList<>();
    private final BitSet retainedPositions = new BitSet();
    private final BiPredicate<T, T> same;

    /** @param same whether two values are versions of one row */
    public PatchedList(BiPredicate<T, T> same) {
        this.same = same;
    }

    public void show(List<T> result) {
        beginChange();
        List<T> before = new ArrayList<>(rows);
        retainedPositions.clear();
        rows.clear();
        rows.addAll(result);
        ++modCount;
        nextReplace(0, rows.size(), before);
        endChange();
    }

    /**
     * Applies a difference.
     *
     * @param retained whether a row that leaves the result stays in the list
     * @param asRetained returns the row to show instead of a retained row
     */
    public void patch(Difference<T> difference, Predicate<T> retained, UnaryOperator<T> asRetained) {
        int steps = difference.removed().size()
                + difference.added().size()
                + difference.moved().size() * 2
                + difference.changed().size();
        if (steps > MANY_STEPS) {
            show(difference.rows());
            return;
        }
        // Fires one event per step, because JavaFX sometimes merges the events of several steps wrongly.
        removeRows(difference, retained, asRetained);
        insertRows(difference);
        difference
                .changed()
                .forEach(index -> set(position(index), difference.rows().get(index)));
    }

    private void removeRows(Difference<T> difference, Predicate<T> retained, UnaryOperator<T> asRetained) {
        Set<Integer> removed = new HashSet<>(difference.removed());
        List<Integer> leaving = new ArrayList<>(difference.removed());
        difference.moved().forEach(move -> leaving.add(move.from()));
        leaving.sort(Comparator.reverseOrder());
        for (int index : leaving) {
            int position = position(index);
            T row = rows.get(position);
            if (removed.contains(index) && retained.test(row)) {
                set(position, asRetained.apply(row));
                retainedPositions.set(position);
            } else {
                remove(position);
            }
        }
    }

    private void insertRows(Difference<T> difference) {
        List<Integer> arriving = new ArrayList<>(difference.added());
        difference.moved().forEach(move -> arriving.add(move.to()));
        arriving.sort(Comparator.naturalOrder());
        for (int index : arriving) {
            T row = difference.rows().get(index);
            // A retained row that returns to the result replaces its retained version.
            release(candidate -> same.test(candidate, row));
            add(position(index), row);
        }
    }

    /** Removes the retained rows that match a predicate. */
    public void release(Predicate<T> which) {
        for (int position = retainedPositions.previousSetBit(rows.size());
                position >= 0;
                position = retainedPositions.previousSetBit(position - 1)) {
            if (which.test(rows.get(position))) {
                remove(position);
            }
        }
    }

    /** Whether the row at this index of the list is retained. */
    public boolean isRetained(int position) {
        return retainedPositions.get(position);
    }

    /** Converts an index of the result to an index of the list. */
    private int position(int index) {
        int position = index;
        for (int at = retainedPositions.nextSetBit(0);
                at >= 0 && at <= position;
                at = retainedPositions.nextSetBit(at + 1)) {
            position++;
        }
        return position;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    protected void doAdd(int index, T row) {
        for (int at = retainedPositions.previousSetBit(rows.size());
                at >= index;
                at = retainedPositions.previousSetBit(at - 1)) {
            retainedPositions.clear(at);
            retainedPositions.set(at + 1);
        }
        rows.add(index, row);
    }

    @Override
    protected T doSet(int index, T row) {
        return rows.set(index, row);
    }

    @Override
    protected T doRemove(int index) {
        retainedPositions.clear(index);
        for (int at = retainedPositions.nextSetBit(index + 1); at >= 0; at = retainedPositions.nextSetBit(at + 1)) {
            retainedPositions.clear(at);
            retainedPositions.set(at - 1);
        }
        return rows.remove(index);
    }
}
