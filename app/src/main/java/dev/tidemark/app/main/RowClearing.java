package dev.tidemark.app.main;

import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Clears items away and brings them back: ticks them off, moves them to the trash and out of it, deletes them for good.
 * Belongs to the view model's thread.
 */
final class RowClearing {
    private final ItemSteps steps;
    private final TickedRows ticked;
    private final Supplier<ItemView> shown;
    private final Supplier<List<ItemRow>> chosen;
    private final ObjectProperty<@Nullable UUID> open;

    /**
     * @param ticked notes what is ticked off
     * @param shown what the list shows
     * @param chosen the selected rows, in the order of the list
     * @param open the item that is open; none, once it has left
     */
    RowClearing(
            ItemSteps steps,
            TickedRows ticked,
            Supplier<ItemView> shown,
            Supplier<List<ItemRow>> chosen,
            ObjectProperty<@Nullable UUID> open) {
        this.steps = steps;
        this.ticked = ticked;
        this.shown = shown;
        this.chosen = chosen;
        this.open = open;
    }

    /** Ticks the row off or opens it again; it stays in sight long enough for a change of mind. */
    void tick(ItemRow row, boolean done) {
        tick(List.of(row.id()), done);
    }

    /** Ticks the selected items, or opens them again if all are done: one step that can be taken back. */
    void tickSelected() {
        boolean done = !chosen.get().stream().allMatch(ItemRow::done);
        tick(ids(chosen.get(), row -> row.done() != done), done);
    }

    private void tick(List<UUID> ids, boolean done) {
        if (!ids.isEmpty()) {
            ticked.note(ids, done);
            steps.run(writer -> ids.forEach(id -> writer.setDone(id, done)));
        }
    }

    /** Moves the selected items to the trash; in the trash, there is nothing left to do. */
    void trashSelected() {
        trash(chosen.get());
    }

    /** Moves those of the rows to the trash that are elsewhere. */
    void trash(List<ItemRow> rows) {
        trashItems(ids(rows, row -> !row.trashed()));
    }

    /** Moves an item to the trash. */
    void trash(UUID id) {
        trashItems(List.of(id));
    }

    private void trashItems(List<UUID> ids) {
        ticked.forget(ids);
        leave(ids);
        setTrashed(ids, true, Keys.TOAST_TRASHED_SEVERAL);
    }

    /** Takes the selected items out of the trash. */
    void restoreSelected() {
        restoreItems(ids(chosen.get(), ItemRow::trashed));
    }

    /** Takes an item out of the trash. */
    void restore(UUID id) {
        restoreItems(List.of(id));
    }

    private void restoreItems(List<UUID> ids) {
        if (shown.get() instanceof ItemView.Trash) {
            leave(ids);
        }
        setTrashed(ids, false, Keys.TOAST_RESTORED_SEVERAL);
    }

    private void setTrashed(List<UUID> ids, boolean trashed, String sentence) {
        if (!ids.isEmpty()) {
            steps.offer(writer -> {
                ids.forEach(id -> writer.setTrashed(id, trashed));
                return Texts.text(sentence, ids.size());
            });
        }
    }

    /** Deletes for good those of the selected items that lie in the trash; that cannot be taken back. */
    void purgeSelected() {
        purgeItems(ids(chosen.get(), ItemRow::trashed));
    }

    /** Deletes an item for good; that cannot be taken back. */
    void purge(UUID id) {
        purgeItems(List.of(id));
    }

    private void purgeItems(List<UUID> ids) {
        if (!ids.isEmpty()) {
            leave(ids);
            steps.purge(ids);
        }
    }

    private void leave(List<UUID> ids) {
        UUID opened = open.get();
        if (opened != null && ids.contains(opened)) {
            open.set(null);
        }
    }

    private static List<UUID> ids(List<ItemRow> rows, Predicate<ItemRow> which) {
        return rows.stream().filter(which).map(ItemRow::id).toList();
    }
}
