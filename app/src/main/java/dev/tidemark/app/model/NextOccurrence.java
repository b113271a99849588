package dev.tidemark.app.model;

import dev.tidemark.engine.Transaction;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates the next occurrence when a repeating todo is completed. The new id is derived from the completed todo and its
 * due date. So two devices that complete the same todo create one next occurrence, and completing the todo again
 * creates no second occurrence.
 *
 * <p>The next occurrence has the same values in the other fields, including the creation time, so that two devices
 * write equal values, which do not conflict. Use an object only within its transaction.
 */
final class NextOccurrence {
    private static final Pattern TICKED_BOX = Pattern.compile("(?m)^([ \\t]*(?:[-*+]|\\d+[.)])[ \\t]+)\\[[xX]]");

    private final Transaction transaction;
    private final ItemWriter writer;

    NextOccurrence(Transaction transaction, ItemWriter writer) {
        this.transaction = transaction;
        this.writer = writer;
    }

    /** Creates the next occurrence of this item, if it repeats and the rule has not ended. */
    void create(UUID id, LocalDateTime completed) {
        Item before = item(id);
        Due due = before.due();
        Repeat repeat = due == null ? null : due.repeat();
        if (due == null || repeat == null || before.trashed()) {
            return;
        }
        Due next = repeat.next(due, completed);
        if (next == null) {
            return;
        }
        UUID follower = DerivedId.nextOccurrence(id, due);
        if (writer.exists(follower)) {
            writer.setTrashed(follower, false);
            return;
        }
        NewItem item = new NewItem(
                before.kind(),
                before.title(),
                unticked(before.body()),
                next,
                before.listId(),
                before.tags(),
                before.priority(),
                reminder(before.reminder(), due, next));
        writer.addBeside(before, follower, item, before.createdAt());
    }

    /**
     * Returns the reminder of the next occurrence. It keeps the distance in days to the due date. A snooze does not
     * count.
     */
    private static @Nullable LocalDateTime reminder(@Nullable Reminder before, Due due, Due next) {
        return before == null ? null : before.at().plusDays(ChronoUnit.DAYS.between(due.date(), next.date()));
    }

    /** Moves the next occurrence of this item to the trash, unless it was edited. */
    void remove(UUID id) {
        Item before = item(id);
        Due due = before.due();
        if (due == null || due.repeat() == null) {
            return;
        }
        UUID follower = DerivedId.nextOccurrence(id, due);
        List<Item> found = transaction.list(ItemQueries.item(follower));
        if (!found.isEmpty() && isUnedited(found.getFirst(), before)) {
            writer.setTrashed(follower, true);
        }
    }

    private static boolean isUnedited(Item follower, Item before) {
        return !follower.done()
                && !follower.trashed()
                && follower.title().equals(before.title())
                && follower.body().equals(unticked(before.body()))
                && follower.tags().equals(before.tags());
    }

    private static String unticked(String body) {
        return TICKED_BOX.matcher(body).replaceAll("$1[ ]");
    }

    private Item item(UUID id) {
        return transaction.list(ItemQueries.item(id)).getFirst();
    }
}
