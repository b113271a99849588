package dev.tidemark.app.main;

import dev.tidemark.app.model.ItemBrief;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
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
final class RowClearing {
    private final ItemSteps steps;
    private final TickedRows ticked;
    private final Supplier<ItemView> shown;
    private final Chosen.Source chosen;
    private final ObjectProperty<@Nullable UUID> open;

    /**
     * @param ticked notes what is ticked off
     * @param shown what the list shows
     * @param chosen knows the selected items
     * @param open the item that is open; none, once it has left
     */
    RowClearing(
            ItemSteps steps,
            TickedRows ticked,
            Supplier<ItemView> shown,
            Chosen.Source chosen,
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
        chosen.use(items -> {
            if (items.isAtHand()) {
                boolean done = !items.rows().stream().allMatch(ItemRow::done);
                tick(List.copyOf(items.where(row -> row.done() != done).ids()), done);
            } else {
                steps.run(writer -> tickAll(writer, items.items(writer::list)));
            }
        });
    }

    /** So many leave at once. */
    private static void tickAll(ItemWriter writer, List<ItemBrief> items) {
        boolean done = !items.stream().allMatch(ItemBrief::done);
        items.stream().filter(item -> item.done() != done).forEach(item -> writer.setDone(item.id(), done));
    }

    private void tick(List<UUID> ids, boolean done) {
        if (!ids.isEmpty()) {
            ticked.note(ids, done);
            steps.run(writer -> ids.forEach(id -> writer.setDone(id, done)));
        }
    }

    /** Moves the selected items to the trash; in the trash, there is nothing left to do. */
    void trashSelected() {
        chosen.use(this::trash);
    }

    /** Moves those of the items to the trash that are elsewhere. */
    void trash(Chosen items) {
        Chosen elsewhere = items.where(row -> !row.trashed());
        ticked.forget(elsewhere.rows().stream().map(ItemRow::id).toList());
        leave(elsewhere::has);
        setTrashed(elsewhere, true, Keys.TOAST_TRASHED_SEVERAL);
    }

    /** Moves an item to the trash. */
    void trash(UUID id) {
        ticked.forget(List.of(id));
        leave(id::equals);
        setTrashed(writer -> List.of(id), true, Keys.TOAST_TRASHED_SEVERAL);
    }

    /** Takes the selected items out of the trash. */
    void restoreSelected() {
        chosen.use(items -> {
            Chosen there = items.where(ItemRow::trashed);
            if (shown.get() instanceof ItemView.Trash) {
                leave(there::has);
            }
            setTrashed(there, false, Keys.TOAST_RESTORED_SEVERAL);
        });
    }

    /** Takes an item out of the trash. */
    void restore(UUID id) {
        if (shown.get() instanceof ItemView.Trash) {
            leave(id::equals);
        }
        setTrashed(writer -> List.of(id), false, Keys.TOAST_RESTORED_SEVERAL);
    }

    private void setTrashed(Chosen items, boolean trashed, String sentence) {
        if (!items.isEmpty()) {
            setTrashed(writer -> ids(items, writer), trashed, sentence);
        }
    }

    private void setTrashed(Function<ItemWriter, List<UUID>> which, boolean trashed, String sentence) {
        steps.offer(writer -> {
            List<UUID> ids = which.apply(writer);
            ids.forEach(id -> writer.setTrashed(id, trashed));
            return ids.isEmpty() ? null : Texts.text(sentence, ids.size());
        });
    }

    /** Deletes for good those of the selected items that lie in the trash; that cannot be taken back. */
    void purgeSelected() {
        chosen.use(items -> {
            Chosen there = items.where(ItemRow::trashed);
            if (!there.isEmpty()) {
                leave(there::has);
                steps.purge(writer -> ids(there, writer));
            }
        });
    }

    /** Deletes an item for good; that cannot be taken back. */
    void purge(UUID id) {
        leave(id::equals);
        steps.purge(writer -> List.of(id));
    }

    private void leave(Predicate<UUID> which) {
        UUID opened = open.get();
        if (opened != null && which.test(opened)) {
            open.set(null);
        }
    }

    private static List<UUID> ids(Chosen items, ItemWriter writer) {
        return items.items(writer::list).stream().map(ItemBrief::id).toList();
    }
}
