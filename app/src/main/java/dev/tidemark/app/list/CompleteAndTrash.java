package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Clears items away and brings them back: ticks them off, moves them to the trash and out of it, deletes them for good.
 * Belongs to the view model's thread.
 */
public final class CompleteAndTrash {
    private final UndoableItemWriter steps;
    private final CompletedRows ticked;
    private final Supplier<ItemSource> shown;
    private final SelectionSnapshot.Source selection;
    private final ObjectProperty<@Nullable UUID> open;

    /**
     * @param ticked notes what is ticked off
     * @param shown what the list shows
     * @param chosen knows the selected items
     * @param open the item that is open; none, once it has left
     */
    CompleteAndTrash(
            UndoableItemWriter steps,
            CompletedRows ticked,
            Supplier<ItemSource> shown,
            SelectionSnapshot.Source chosen,
            ObjectProperty<@Nullable UUID> open) {
        this.steps = steps;
        this.ticked = ticked;
        this.shown = shown;
        this.selection = chosen;
        this.open = open;
    }

    /** Ticks the row off or opens it again; it stays in sight long enough for a change of mind. */
    void tick(ItemRow row, boolean done) {
        tick(List.of(row.id()), done);
    }

    /** Ticks the selected items, or opens them again if all are done: one step that can be taken back. */
    public void tickSelected() {
        selection.withAll(items -> {
            if (items.isFullyLoaded()) {
                boolean done = !items.rows().stream().allMatch(ItemRow::done);
                tick(List.copyOf(items.where(row -> row.done() != done).ids()), done);
            } else {
                steps.run(writer -> tickAll(writer, items.items(writer::list)));
            }
        });
    }

    /** So many leave at once. */
    private static void tickAll(ItemWriter writer, List<ItemSummary> items) {
        boolean done = !items.stream().allMatch(ItemSummary::done);
        items.stream().filter(item -> item.done() != done).forEach(item -> writer.setDone(item.id(), done));
    }

    private void tick(List<UUID> ids, boolean done) {
        if (!ids.isEmpty()) {
            ticked.recordCompletion(ids, done);
            steps.run(writer -> ids.forEach(id -> writer.setDone(id, done)));
        }
    }

    /** Moves the selected items to the trash; in the trash, there is nothing left to do. */
    public void trashSelected() {
        selection.withAll(this::trash);
    }

    /** Moves those of the items to the trash that are elsewhere. */
    public void trash(SelectionSnapshot items) {
        SelectionSnapshot elsewhere = items.where(row -> !row.trashed());
        ticked.forget(elsewhere.rows().stream().map(ItemRow::id).toList());
        fadeOut(elsewhere::has);
        setTrashed(elsewhere, true, Keys.TOAST_TRASHED_SEVERAL);
    }

    /** Moves an item to the trash. */
    public void trash(UUID id) {
        ticked.forget(List.of(id));
        fadeOut(id::equals);
        setTrashed(writer -> List.of(id), true, Keys.TOAST_TRASHED_SEVERAL);
    }

    /** Takes the selected items out of the trash. */
    void restoreSelected() {
        selection.withAll(items -> {
            SelectionSnapshot there = items.where(ItemRow::trashed);
            if (shown.get() instanceof ItemSource.Trash) {
                fadeOut(there::has);
            }
            setTrashed(there, false, Keys.TOAST_RESTORED_SEVERAL);
        });
    }

    /** Takes an item out of the trash. */
    public void restore(UUID id) {
        if (shown.get() instanceof ItemSource.Trash) {
            fadeOut(id::equals);
        }
        setTrashed(writer -> List.of(id), false, Keys.TOAST_RESTORED_SEVERAL);
    }

    private void setTrashed(SelectionSnapshot items, boolean trashed, String sentence) {
        if (!items.isEmpty()) {
            setTrashed(writer -> ids(items, writer), trashed, sentence);
        }
    }

    private void setTrashed(Function<ItemWriter, List<UUID>> which, boolean trashed, String sentence) {
        steps.offer(writer -> {
            List<UUID> ids = which.apply(writer);
            ids.forEach(id -> writer.setTrashed(id, trashed));
            return ids.isEmpty() ? null : Messages.text(sentence, ids.size());
        });
    }

    /** Deletes for good those of the selected items that lie in the trash; that cannot be taken back. */
    void purgeSelected() {
        selection.withAll(items -> {
            SelectionSnapshot there = items.where(ItemRow::trashed);
            if (!there.isEmpty()) {
                fadeOut(there::has);
                steps.purge(writer -> ids(there, writer));
            }
        });
    }

    /** Deletes an item for good; that cannot be taken back. */
    public void purge(UUID id) {
        fadeOut(id::equals);
        steps.purge(writer -> List.of(id));
    }

    private void fadeOut(Predicate<UUID> which) {
        UUID opened = open.get();
        if (opened != null && which.test(opened)) {
            open.set(null);
        }
    }

    private static List<UUID> ids(SelectionSnapshot items, ItemWriter writer) {
        return items.items(writer::list).stream().map(ItemSummary::id).toList();
    }
}
