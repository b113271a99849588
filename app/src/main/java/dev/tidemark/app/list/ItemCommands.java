package dev.tidemark.app.list;

import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.quickadd.LineParser;
import dev.tidemark.app.quickadd.PastedLines;
import dev.tidemark.app.quickadd.QuickAddTarget;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Adds, changes, completes, trashes, restores and purges the items of the list. Each command is one transaction and one
 * undo step, except a purge, which has no undo. A command writes nothing to items that already have the wanted value.
 * Belongs to the thread of the view model.
 */
public final class ItemCommands implements QuickAddTarget {
    private final UndoableItemWriter steps;
    private final FadingRows completed;
    private final Supplier<ItemSource> shown;
    private final SelectionSnapshot.Source selection;
    private final ObjectProperty<@Nullable UUID> open;
    private final LineParser lines;
    private final UnsavedTexts unsaved = new UnsavedTexts();

    /**
     * @param completed keeps completed rows in the list for a moment
     * @param open the open item; set to {@code null} when a command removes that item from the view
     */
    ItemCommands(
            UndoableItemWriter steps,
            FadingRows completed,
            Supplier<ItemSource> shown,
            SelectionSnapshot.Source selection,
            ObjectProperty<@Nullable UUID> open,
            LineParser lines) {
        this.steps = steps;
        this.completed = completed;
        this.shown = shown;
        this.selection = selection;
        this.open = open;
        this.lines = lines;
    }

    @Override
    public LineParser lines() {
        return lines;
    }

    @Override
    public void add(QuickAdd typed, BooleanSupplier refused) {
        if (!typed.title().isEmpty()) {
            ItemSource view = shown.get();
            NewItem item = createInView(list -> typed.item(kind(view), list), view);
            String list = typed.list();
            UnsavedTexts.Line line = unsaved.line(typed.words());
            steps.run(
                    writer -> writer.add(list == null ? item : item.inList(writer.list(list))),
                    line::saved,
                    () -> line.refused(refused.getAsBoolean()));
        }
    }

    /** The typed lines that are not saved yet. */
    public UnsavedTexts unsaved() {
        return unsaved;
    }

    @Override
    public void addLines(String text) {
        addLines(text, shown.get());
    }

    /**
     * Adds one item per line to a view and shows a message with an undo button.
     *
     * @param into the view, which need not be the shown view
     */
    public void addLines(String text, ItemSource into) {
        List<NewItem> created = PastedLines.titles(text).reversed().stream()
                .map(title -> plain(title, into))
                .toList();
        if (!created.isEmpty()) {
            steps.runWithUndo(writer -> {
                created.forEach(writer::add);
                return Messages.text(Keys.TOAST_ADDED, created.size());
            });
        }
    }

    /** Describes a new item with the list, day or tag of the view. */
    static NewItem plain(String title, ItemSource into) {
        NewItem item = kind(into) == Kind.NOTE ? NewItem.note(title) : NewItem.todo(title);
        return createInView(item::inList, into);
    }

    /** Describes a new note with the list, day or tag of the view. */
    static NewItem note(String title, String body, ItemSource into) {
        return createInView(NewItem.note(title).withBody(body)::inList, into);
    }

    private static Kind kind(ItemSource view) {
        return view instanceof ItemSource.Notes ? Kind.NOTE : Kind.TODO;
    }

    private static NewItem createInView(Function<@Nullable UUID, NewItem> make, ItemSource view) {
        NewItem item = make.apply(view instanceof ItemSource.OfList list ? list.id() : null);
        return switch (view) {
            case ItemSource.Today today when item.due() == null -> item.withDue(new Due(today.date()));
            case ItemSource.Upcoming upcoming
            when item.due() == null -> item.withDue(new Due(upcoming.date().plusDays(1)));
            case ItemSource.OfTag tag ->
                item.withTags(Stream.concat(item.tags().stream(), Stream.of(tag.name()))
                        .distinct()
                        .toList());
            default -> item;
        };
    }

    /** Completes or reopens an item. The row of a completed item stays in the list for a moment. */
    void complete(ItemRow row, boolean done) {
        complete(List.of(row.id()), done);
    }

    /** Completes the selected items, or reopens them if all are done. */
    public void completeSelected() {
        selection.withAll(items -> {
            if (items.isFullyLoaded()) {
                boolean done = !items.rows().stream().allMatch(ItemRow::done);
                complete(List.copyOf(items.where(row -> row.done() != done).ids()), done);
            } else {
                // Does not record the completion, because some rows are not loaded. So the completed rows leave the
                // list at once.
                steps.run(writer -> completeAll(writer, items.items(writer::list)));
            }
        });
    }

    private static void completeAll(ItemWriter writer, List<ItemSummary> items) {
        boolean done = !items.stream().allMatch(ItemSummary::done);
        items.stream().filter(item -> item.done() != done).forEach(item -> writer.setDone(item.id(), done));
    }

    private void complete(List<UUID> ids, boolean done) {
        if (!ids.isEmpty()) {
            completed.recordCompletion(ids, done);
            steps.run(writer -> ids.forEach(id -> writer.setDone(id, done)));
        }
    }

    /** Adds a copy of each selected item that is outside the trash. */
    public void duplicateSelected() {
        selection.withAll(items -> change(
                items.where(row -> !row.trashed()),
                (writer, id) -> !writer.duplicate(id).equals(id),
                Keys.TOAST_DUPLICATED,
                ""));
    }

    public void trashSelected() {
        selection.withAll(this::trash);
    }

    /** Moves items to the trash. Skips items that are already there. */
    public void trash(SelectionSnapshot items) {
        SelectionSnapshot elsewhere = items.where(row -> !row.trashed());
        if (!elsewhere.isEmpty()) {
            completed.forget(elsewhere.rows().stream().map(ItemRow::id).toList());
            closeIf(elsewhere::has);
            trash(ids(elsewhere));
        }
    }

    public void trash(UUID id) {
        completed.forget(List.of(id));
        closeIf(id::equals);
        trash(writer -> List.of(id));
    }

    /** Restores the selected items from the trash. */
    void restoreSelected() {
        selection.withAll(items -> {
            SelectionSnapshot trashed = items.where(ItemRow::trashed);
            if (!trashed.isEmpty()) {
                restore(trashed::has, ids(trashed));
            }
        });
    }

    public void restore(UUID id) {
        restore(id::equals, writer -> List.of(id));
    }

    private void restore(Predicate<UUID> which, Function<ItemWriter, List<UUID>> ids) {
        if (shown.get() instanceof ItemSource.Trash) {
            closeIf(which);
        }
        steps.runWithUndo(writer -> {
            List<UUID> restored = ids.apply(writer);
            restored.forEach(id -> writer.setTrashed(id, false));
            return restored.isEmpty() ? null : Messages.text(Keys.TOAST_RESTORED_SEVERAL, restored.size());
        });
    }

    private void trash(Function<ItemWriter, List<UUID>> which) {
        steps.trash(which, number -> Messages.text(Keys.TOAST_TRASHED_SEVERAL, number));
    }

    /** Purges those selected items that are in the trash. There is no undo. */
    void purgeSelected() {
        selection.withAll(items -> {
            SelectionSnapshot trashed = items.where(ItemRow::trashed);
            if (!trashed.isEmpty()) {
                closeIf(trashed::has);
                steps.purge(ids(trashed));
            }
        });
    }

    /** Purges an item. There is no undo. */
    public void purge(UUID id) {
        closeIf(id::equals);
        steps.purge(writer -> List.of(id));
    }

    private void closeIf(Predicate<UUID> which) {
        UUID opened = open.get();
        if (opened != null && which.test(opened)) {
            open.set(null);
        }
    }

    private static Function<ItemWriter, List<UUID>> ids(SelectionSnapshot items) {
        return writer -> items.items(writer::list).stream().map(ItemSummary::id).toList();
    }

    /** Sets the due day without changing time and repeat rule. {@code null} removes the due date. */
    void setDay(SelectionSnapshot items, @Nullable LocalDate day) {
        setDay(items, day, Keys.TOAST_DATED, "");
    }

    /** Moves the due dates of the selected items by a number of days. Items without a due date stay as they are. */
    public void moveSelectedByDays(int days) {
        selection.withAll(items -> change(
                items,
                (writer, id) -> {
                    Due due = writer.due(id);
                    return due != null && writer.setDue(id, due.plusDays(days));
                },
                Keys.TOAST_DATED,
                ""));
    }

    private void setDay(SelectionSnapshot items, @Nullable LocalDate day, String sentence, String argument) {
        change(items, (writer, id) -> writer.setDue(id, on(writer.due(id), day)), sentence, argument);
    }

    private static @Nullable Due on(@Nullable Due before, @Nullable LocalDate day) {
        if (day == null) {
            return null;
        }
        return before == null ? new Due(day) : new Due(day, before.time()).repeating(before.repeat());
    }

    void setPriority(SelectionSnapshot items, Priority priority) {
        change(items, (writer, id) -> writer.setPriority(id, priority), Keys.TOAST_PRIORITIZED, "");
    }

    /** Moves items into a list, or into the Inbox if {@code list} is {@code null}. */
    void moveTo(SelectionSnapshot items, @Nullable UUID list, String name) {
        change(items, (writer, id) -> writer.setList(id, list), Keys.TOAST_MOVED, name);
    }

    /** Adds a tag to the items, or removes it. */
    void setTag(SelectionSnapshot items, String tag, boolean tagged) {
        change(
                items,
                (writer, id) -> tagged ? writer.tag(id, tag) : writer.untag(id, tag),
                tagged ? Keys.TOAST_TAGGED : Keys.TOAST_UNTAGGED,
                tag);
    }

    /** Removes the tag if all items have it. Otherwise adds the tag to the items that lack it. */
    void toggleTag(SelectionSnapshot items, String tag) {
        steps.runWithUndo(writer -> {
            List<ItemSummary> all = items.items(writer::list);
            long tagged =
                    all.stream().filter(item -> writer.tag(item.id(), tag)).count();
            if (tagged > 0 || all.isEmpty()) {
                return tagged == 0 ? null : Messages.text(Keys.TOAST_TAGGED, tagged, tag);
            }
            all.forEach(item -> writer.untag(item.id(), tag));
            return Messages.text(Keys.TOAST_UNTAGGED, all.size(), tag);
        });
    }

    /** Handles a drop of items on a line of the sidebar: moves, tags, dates or trashes the items. */
    public void drop(SelectionSnapshot items, ItemSource target, String name) {
        switch (target) {
            case ItemSource.Trash trash -> trash(items);
            case ItemSource.Inbox inbox -> moveTo(items, null, name);
            case ItemSource.OfList list -> moveTo(items, list.id(), name);
            case ItemSource.OfTag tag -> setTag(items, tag.name(), true);
            case ItemSource.Today today -> setDay(items, today.date(), Keys.TOAST_MOVED, name);
            default -> {
                // The other views accept no items.
            }
        }
    }

    /**
     * @param work changes an item and returns whether the item is different now
     * @param sentence the key of the message. The arguments of the message are the number of changed items and {@code
     *     argument}
     */
    private void change(SelectionSnapshot items, BiPredicate<ItemWriter, UUID> work, String sentence, String argument) {
        if (!items.isEmpty()) {
            steps.runWithUndo(writer -> {
                long changed = items.items(writer::list).stream()
                        .filter(item -> work.test(writer, item.id()))
                        .count();
                return changed == 0 ? null : Messages.text(sentence, changed, argument);
            });
        }
    }
}
