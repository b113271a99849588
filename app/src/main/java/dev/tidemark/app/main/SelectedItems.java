package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The items that are selected, and what can be done to all of them: each command is one step that can be taken back, says so, and
 * touches only items that it changes. Belongs to the view model's thread.
 */
final class SelectedItems {
    private final Items items;
    private final Background background;
    private final UndoViewModel undo;
    private final Toasts toasts;
    private final Supplier<List<ItemRow>> rows;
    private final Consumer<Throwable> failed;

    /** @param rows the selected rows, in the order of the list */
    SelectedItems(
            Items items,
            Background background,
            UndoViewModel undo,
            Toasts toasts,
            Supplier<List<ItemRow>> rows,
            Consumer<Throwable> failed) {
        this.items = items;
        this.background = background;
        this.undo = undo;
        this.toasts = toasts;
        this.rows = rows;
        this.failed = failed;
    }

    /** The selected rows, in the order of the list. */
    List<ItemRow> rows() {
        return rows.get();
    }

    /** Whether there are any, and all of them lie in the trash. */
    boolean isTrash() {
        return !rows().isEmpty() && rows().stream().allMatch(ItemRow::trashed);
    }

    /** Whether all of them have this. */
    boolean all(java.util.function.Predicate<ItemRow> what) {
        return !rows().isEmpty() && rows().stream().allMatch(what);
    }

    /** Has them due on another day, at the time that each had; {@code null} for never. */
    void setDay(@Nullable LocalDate day) {
        change(
                row -> !Objects.equals(row.due(), on(row.due(), day)),
                (writer, row) -> writer.setDue(row.id(), on(row.due(), day)),
                Keys.TOAST_DATED,
                "");
    }

    /** The same time and rule on another day. */
    static @Nullable Due on(@Nullable Due before, @Nullable LocalDate day) {
        if (day == null) {
            return null;
        }
        return before == null ? new Due(day) : new Due(day, before.time()).repeating(before.repeat());
    }

    /** Sets how much they matter. */
    void setPriority(Priority priority) {
        change(
                row -> row.priority() != priority,
                (writer, row) -> writer.setPriority(row.id(), priority),
                Keys.TOAST_PRIORITIZED,
                "");
    }

    /**
     * Puts them into a list, {@code null} for the Inbox.
     *
     * @param name what it is called
     */
    void moveTo(@Nullable UUID list, String name) {
        change(
                row -> !Objects.equals(row.listId(), list),
                (writer, row) -> writer.setList(row.id(), list),
                Keys.TOAST_MOVED,
                name);
    }

    /** Gives all of them a tag, or takes it from those that have it. */
    void setTag(String tag, boolean wanted) {
        change(
                row -> row.tags().contains(tag) != wanted,
                (writer, row) -> {
                    if (wanted) {
                        writer.tag(row.id(), tag);
                    } else {
                        writer.untag(row.id(), tag);
                    }
                },
                wanted ? Keys.TOAST_TAGGED : Keys.TOAST_UNTAGGED,
                tag);
    }

    /** Takes them out of the trash. */
    void restore() {
        change(ItemRow::trashed, (writer, row) -> writer.setTrashed(row.id(), false), Keys.TOAST_RESTORED_SEVERAL, "");
    }

    /** Deletes for good those that lie in the trash; that cannot be taken back. */
    void purge() {
        List<UUID> gone =
                rows().stream().filter(ItemRow::trashed).map(ItemRow::id).toList();
        background.run(
                () -> {
                    items.purge(gone);
                    return gone.size();
                },
                number -> toasts.show(new Toast(Texts.text(Keys.TOAST_PURGED_SEVERAL, number), null)),
                failed);
    }

    /** Their titles, a line each. */
    String titles() {
        return rows().stream().map(ItemRow::title).collect(Collectors.joining("\n"));
    }

    /** Says that this many were copied. */
    void copied(int number) {
        toasts.show(new Toast(Texts.text(Keys.TOAST_COPIED, number), null));
    }

    /** @param sentence the key of the sentence; it is given how many there are, and the argument */
    private void change(
            java.util.function.Predicate<ItemRow> differs,
            BiConsumer<ItemWriter, ItemRow> work,
            String sentence,
            String argument) {
        List<ItemRow> changed = rows().stream().filter(differs).toList();
        if (!changed.isEmpty()) {
            undo.offer(
                    () -> items.together(writer -> {
                        changed.forEach(row -> work.accept(writer, row));
                        return Texts.text(sentence, changed.size(), argument);
                    }),
                    () -> {});
        }
    }
}
