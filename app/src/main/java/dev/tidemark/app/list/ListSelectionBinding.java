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

/** Keeps what is selected in the list and in its model the same, whatever rows come and go. For the JavaFX thread. */
final class ListSelectionBinding {
    private final ListView<ItemRow> list;
    private final ItemListViewModel model;
    private final MultipleSelectionModel<ItemRow> chosen;

    /** The rows or their selection are being changed by the program, not by the person. */
    private boolean updating;

    /** The person has just selected a row in the list. */
    private boolean choosing;

    /** The person wants to see the first or the last row, once it is there. */
    private boolean awaiting;

    /** The person adds single rows to what is selected, or takes them out. */
    private boolean adding;

    ListSelectionBinding(ListView<ItemRow> list, ItemListViewModel model) {
        this.list = list;
        this.model = model;
        chosen = list.getSelectionModel();
        chosen.setSelectionMode(SelectionMode.MULTIPLE);
        chosen.selectedItemProperty().subscribe(this::selectedByPerson);
        chosen.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> storeSelection());
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
            // The list has chosen already; its other selected rows stay so.
            choosing = true;
            model.selectedProperty().set(row.id());
            choosing = false;
        }
    }

    private void storeSelection() {
        if (!updating) {
            // By position: the selected items follow only after the positions have told everybody.
            List<UUID> ids = chosen.getSelectedIndices().stream()
                    .filter(index -> index >= 0 && index < model.rows().size())
                    .map(index -> model.rows().get(index).id())
                    .toList();
            model.selection().choose(ids, adding);
        }
    }

    /** Selects all rows, those as well that are not there. */
    void all() {
        adding = false;
        chosen.selectAll();
        model.selection().all();
    }

    /** The rows are about to change. */
    void beforeUpdate() {
        updating = true;
    }

    /** Whatever that did to the positions, the items that were selected stay so. */
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
        } else if (chosen.getSelectedIndices().size() > 1) {
            select(null);
            select(model.selectedProperty().get());
        }
    }

    private void selectSeveralAgain() {
        int[] wanted = IntStream.range(0, model.rows().size())
                .filter(index -> model.selection().has(model.rows().get(index).id()))
                .toArray();
        if (!Arrays.stream(wanted).boxed().toList().equals(chosen.getSelectedIndices())) {
            chosen.clearSelection();
            if (wanted.length > 0) {
                chosen.selectIndices(wanted[0], Arrays.copyOfRange(wanted, 1, wanted.length));
            }
            int last = model.indexOf(model.selectedProperty().get());
            if (Arrays.binarySearch(wanted, last) >= 0) {
                chosen.select(last);
            }
        }
    }

    private void select(@Nullable UUID id) {
        boolean before = updating;
        updating = true;
        int index = model.indexOf(id);
        if (index < 0) {
            chosen.clearSelection();
        } else if (chosen.getSelectedIndex() != index) {
            chosen.clearAndSelect(index);
        }
        updating = before;
        storeSelection();
    }

    /** Goes to the last row of all once it is there; returns whether it is missing. */
    boolean awaitEnd() {
        awaiting = model.window()
                .showEnd(
                        () -> arrive(list.getItems().size() - 1, list.getItems().size()));
        return awaiting;
    }

    /** Goes to the first row of all once it is there; returns whether it is missing. */
    boolean awaitStart() {
        awaiting = model.window().showStart(() -> arrive(0, 0));
        return awaiting;
    }

    /** @param target where to scroll to; as many as there are rows is the very end of the last one */
    private void arrive(int index, int target) {
        if (awaiting && !list.getItems().isEmpty()) {
            awaiting = false;
            chosen.clearAndSelect(index);
            // Before that, the list would scroll as far as the rows went that were there.
            list.layout();
            list.scrollTo(target);
        }
    }

    /** The person does something else than waiting for a row. */
    void stay() {
        awaiting = false;
    }
}
