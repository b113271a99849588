package dev.tidemark.app.main;

import dev.tidemark.app.model.ItemRow;
import java.util.List;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ListView;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.SelectionMode;
import org.jspecify.annotations.Nullable;

/** Keeps what is selected in the list and in its model the same, whatever rows come and go. For the JavaFX thread. */
final class ListSelection {
    private final ListView<ItemRow> list;
    private final ItemListViewModel model;
    private final MultipleSelectionModel<ItemRow> chosen;

    /** The rows or their selection are being changed by the program, not by the person. */
    private boolean updating;

    /** The person has just selected a row in the list. */
    private boolean choosing;

    /** The person wants to see the first or the last row, once it is there. */
    private boolean awaiting;

    ListSelection(ListView<ItemRow> list, ItemListViewModel model) {
        this.list = list;
        this.model = model;
        chosen = list.getSelectionModel();
        chosen.setSelectionMode(SelectionMode.MULTIPLE);
        chosen.selectedItemProperty().subscribe(this::selectedByPerson);
        chosen.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> note());
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

    private void note() {
        if (!updating) {
            // By position: the selected items follow only after the positions have told everybody.
            List<UUID> ids = chosen.getSelectedIndices().stream()
                    .filter(index -> index >= 0 && index < model.rows().size())
                    .map(index -> model.rows().get(index).id())
                    .toList();
            if (!ids.equals(model.selection())) {
                model.selection().setAll(ids);
            }
        }
    }

    /** The rows are about to change. */
    void beforeUpdate() {
        updating = true;
    }

    /** Whatever that did to the positions, the items that were selected stay so. */
    void afterUpdate() {
        updating = true;
        select(model.selectedProperty().get());
        selectAll();
        updating = false;
    }

    private void selectAll() {
        List<Integer> wanted = model.selection().stream()
                .map(model::indexOf)
                .filter(index -> index >= 0)
                .sorted()
                .toList();
        int last = model.indexOf(model.selectedProperty().get());
        if (last >= 0 && wanted.size() > 1 && !wanted.equals(chosen.getSelectedIndices())) {
            chosen.clearSelection();
            wanted.forEach(chosen::select);
            chosen.select(last);
        } else if (wanted.size() <= 1 && chosen.getSelectedIndices().size() > 1) {
            select(null);
            select(model.selectedProperty().get());
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
        note();
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
