package dev.tidemark.app.main;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows of the list, one or many: each command is one step that can be taken back, says so, and touches only items
 * that it changes. Belongs to the view model's thread.
 */
final class RowCommands {
    private final ItemSteps steps;

    RowCommands(ItemSteps steps) {
        this.steps = steps;
    }

    /** Has them due on another day, at the time that each had; {@code null} for never. */
    void setDay(List<ItemRow> rows, @Nullable LocalDate day) {
        setDay(rows, day, Keys.TOAST_DATED, "");
    }

    private void setDay(List<ItemRow> rows, @Nullable LocalDate day, String sentence, String argument) {
        change(
                rows,
                row -> !Objects.equals(row.due(), on(row.due(), day)),
                (writer, row) -> writer.setDue(row.id(), on(row.due(), day)),
                sentence,
                argument);
    }

    /** The same time and rule on another day. */
    private static @Nullable Due on(@Nullable Due before, @Nullable LocalDate day) {
        if (day == null) {
            return null;
        }
        return before == null ? new Due(day) : new Due(day, before.time()).repeating(before.repeat());
    }

    /** Sets how much they matter. */
    void setPriority(List<ItemRow> rows, Priority priority) {
        change(
                rows,
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
    void moveTo(List<ItemRow> rows, @Nullable UUID list, String name) {
        change(
                rows,
                row -> !Objects.equals(row.listId(), list),
                (writer, row) -> writer.setList(row.id(), list),
                Keys.TOAST_MOVED,
                name);
    }

    /** Gives all of them a tag, or takes it from those that have it. */
    void setTag(List<ItemRow> rows, String tag, boolean wanted) {
        change(
                rows,
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

    /**
     * Does what dropping them on a line of the sidebar means; for the trash, see {@link RowClearing}.
     *
     * @param name what the line is called
     */
    void putInto(List<ItemRow> rows, ItemView place, String name) {
        switch (place) {
            case ItemView.Inbox inbox -> moveTo(rows, null, name);
            case ItemView.OfList list -> moveTo(rows, list.id(), name);
            case ItemView.OfTag tag -> setTag(rows, tag.name(), true);
            case ItemView.Today today -> setDay(rows, today.date(), Keys.TOAST_MOVED, name);
            default -> {
                // The others are no places that anything could be put into.
            }
        }
    }

    /** @param sentence the key of the sentence; it is given how many there are, and the argument */
    private void change(
            List<ItemRow> rows,
            Predicate<ItemRow> differs,
            BiConsumer<ItemWriter, ItemRow> work,
            String sentence,
            String argument) {
        List<ItemRow> changed = rows.stream().filter(differs).toList();
        if (!changed.isEmpty()) {
            steps.offer(writer -> {
                changed.forEach(row -> work.accept(writer, row));
                return Texts.text(sentence, changed.size(), argument);
            });
        }
    }
}
