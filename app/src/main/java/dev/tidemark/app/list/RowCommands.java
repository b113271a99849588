package dev.tidemark.app.list;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ItemSummary;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes items of the list, one or very many: each command is one step that can be taken back, says so, and touches only items
 * that are different then. Belongs to the view model's thread.
 */
final class RowCommands {
    private final UndoableItemWriter steps;

    RowCommands(UndoableItemWriter steps) {
        this.steps = steps;
    }

    /** Has them due on another day, at the time that each had; {@code null} for never. */
    void setDay(SelectionSnapshot items, @Nullable LocalDate day) {
        setDay(items, day, Keys.TOAST_DATED, "");
    }

    private void setDay(SelectionSnapshot items, @Nullable LocalDate day, String sentence, String argument) {
        change(items, (writer, id) -> writer.setDue(id, on(writer.due(id), day)), sentence, argument);
    }

    /** The same time and rule on another day. */
    private static @Nullable Due on(@Nullable Due before, @Nullable LocalDate day) {
        if (day == null) {
            return null;
        }
        return before == null ? new Due(day) : new Due(day, before.time()).repeating(before.repeat());
    }

    /** Sets how much they matter. */
    void setPriority(SelectionSnapshot items, Priority priority) {
        change(items, (writer, id) -> writer.setPriority(id, priority), Keys.TOAST_PRIORITIZED, "");
    }

    /**
     * Puts them into a list, {@code null} for the Inbox.
     *
     * @param name what it is called
     */
    void moveTo(SelectionSnapshot items, @Nullable UUID list, String name) {
        change(items, (writer, id) -> writer.setList(id, list), Keys.TOAST_MOVED, name);
    }

    /** Gives all of them a tag, or takes it from those that have it. */
    void setTag(SelectionSnapshot items, String tag, boolean wanted) {
        change(
                items,
                (writer, id) -> wanted ? writer.tag(id, tag) : writer.untag(id, tag),
                wanted ? Keys.TOAST_TAGGED : Keys.TOAST_UNTAGGED,
                tag);
    }

    /** Takes a tag from all of them if all have it; else gives it to the others. */
    void toggleTag(SelectionSnapshot items, String tag) {
        steps.offer(writer -> {
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

    /**
     * Does what dropping them on a line of the sidebar means; for the trash, see {@link CompleteAndTrash}.
     *
     * @param name what the line is called
     */
    void moveInto(SelectionSnapshot items, ItemSource place, String name) {
        switch (place) {
            case ItemSource.Inbox inbox -> moveTo(items, null, name);
            case ItemSource.OfList list -> moveTo(items, list.id(), name);
            case ItemSource.OfTag tag -> setTag(items, tag.name(), true);
            case ItemSource.Today today -> setDay(items, today.date(), Keys.TOAST_MOVED, name);
            default -> {
                // The others are no places that anything could be put into.
            }
        }
    }

    /**
     * @param work changes an item, and says whether it was different before
     * @param sentence the key of the sentence; it is given how many there were, and the argument
     */
    private void change(SelectionSnapshot items, BiPredicate<ItemWriter, UUID> work, String sentence, String argument) {
        if (!items.isEmpty()) {
            steps.offer(writer -> {
                long changed = items.items(writer::list).stream()
                        .filter(item -> work.test(writer, item.id()))
                        .count();
                return changed == 0 ? null : Messages.text(sentence, changed, argument);
            });
        }
    }
}
