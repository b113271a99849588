package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemRow;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ListView;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** Keeps the selections of the list control and the model equal while rows change. For the JavaFX thread. */
final class ListSelectionBinding {
    private final ListView<ItemRow> list;
    private final ItemListViewModel model;
    private final MultipleSelectionModel<ItemRow> selection;

    /** Whether code, and not the user, is changing the rows or the selection. */
    private boolean updating;

    /** Whether the user is just selecting a row in the list. */
    private boolean choosing;

    /** Whether the list must scroll to its first or last row as soon as that row is loaded. */
    private boolean awaiting;

    /** Whether the user adds single rows to the selection or removes them. */
    private boolean adding;

    ListSelectionBinding(ListView<ItemRow> list, ItemListViewModel model) {
        this.list = list;
        this.model = model;
        selection = list.getSelectionModel();
        selection.setSelectionMode(SelectionMode.MULTIPLE);
        selection.selectedItemProperty().subscribe(this::selectedByPerson);
        selection.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> storeSelection());
        list.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> adding = event.isShortcutDown() && !event.isShiftDown());
        list.addEventFilter(
                KeyEvent.KEY_PRESSED, event -> adding = event.isShortcutDown() && event.getCode() == KeyCode.SPACE);
        model.selectedProperty().subscribe(id -> {
            if (!choosing) {
                select(id);
            }
        });
    }

    private void selectedByPerson(@Nullable ItemRow row) {
        if (!updating && row != null) {
            // The control has already selected the row, so the change of the property must not deselect the other rows.
            choosing = true;
            model.selectedProperty().set(row.id());
            choosing = false;
        }
    }

    private void storeSelection() {
        if (!updating) {
            // Reads the indices, because the control updates its selected items only after it has called these
            // listeners.
            List<UUID> ids = selection.getSelectedIndices().stream()
                    .filter(index -> index >= 0 && index < model.rows().size())
                    .map(index -> model.rows().get(index).id())
                    .toList();
            model.selection().choose(ids, adding);
        }
    }

    /** Selects all rows, including those that are not loaded. */
    void all() {
        adding = false;
        selection.selectAll();
        model.selection().all();
    }

    /** Ignores selection changes of the control from now on. Call this method before the rows change. */
    void beforeUpdate() {
        updating = true;
    }

    /** Restores the selection. Call this method after the rows changed. */
    void afterUpdate() {
        updating = true;
        model.selection().rowsChanged();
        select(model.selectedProperty().get());
        selectAgain();
        updating = false;
    }

    private void selectAgain() {
        boolean isSeveral = model.selection().numberProperty().get() > 1;
        if (isSeveral) {
            selectSeveralAgain();
        } else if (selection.getSelectedIndices().size() > 1) {
            select(null);
            select(model.selectedProperty().get());
        }
    }

    private void selectSeveralAgain() {
        int[] wanted = IntStream.range(0, model.rows().size())
                .filter(index -> model.selection().has(model.rows().get(index).id()))
                .toArray();
        if (!Arrays.stream(wanted).boxed().toList().equals(selection.getSelectedIndices())) {
            selection.clearSelection();
            if (wanted.length > 0) {
                selection.selectIndices(wanted[0], Arrays.copyOfRange(wanted, 1, wanted.length));
            }
            int last = model.indexOf(model.selectedProperty().get());
            if (Arrays.binarySearch(wanted, last) >= 0) {
                selection.select(last);
            }
        }
    }

    private void select(@Nullable UUID id) {
        boolean before = updating;
        updating = true;
        int index = model.indexOf(id);
        if (index < 0) {
            selection.clearSelection();
        } else if (selection.getSelectedIndex() != index) {
            selection.clearAndSelect(index);
        }
        updating = before;
        storeSelection();
    }

    /**
     * Scrolls to the last row as soon as that row is loaded. If it is loaded already, does nothing and returns {@code
     * false}.
     */
    boolean awaitEnd() {
        awaiting = model.window()
                .showEnd(() ->
                        scrollTo(list.getItems().size() - 1, list.getItems().size()));
        return awaiting;
    }

    /**
     * Scrolls to the first row as soon as that row is loaded. If it is loaded already, does nothing and returns {@code
     * false}.
     */
    boolean awaitStart() {
        awaiting = model.window().showStart(() -> scrollTo(0, 0));
        return awaiting;
    }

    /**
     * @param index the index of the row to select
     * @param target the index of the row to scroll to, or the number of rows to scroll to the very end
     */
    private void scrollTo(int index, int target) {
        if (awaiting && !list.getItems().isEmpty()) {
            awaiting = false;
            selection.clearAndSelect(index);
            // Without this layout, the list would scroll to the end of the old rows.
            list.layout();
            list.scrollTo(target);
        }
    }

    /** Cancels the scrolling to a row that is being loaded. Call this method on any other action of the user. */
    void stopAwaiting() {
        awaiting = false;
    }
}
