package dev.tidemark.app.model;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** Which items a list shows. Immutable. */
public sealed interface ItemView {
    /** Items that are in no list, or in one that is gone. */
    record Inbox() implements ItemView {}

    /**
     * Items due on this day, and open ones that were due before.
     *
     * @param date the day
     */
    record Today(LocalDate date) implements ItemView {}

    /** Everything that is not in the trash. */
    record All() implements ItemView {}

    /** Notes. */
    record Notes() implements ItemView {}

    /**
     * Items of which something lost, wherever they are.
     *
     * @param items their ids
     */
    record Conflicts(Set<UUID> items) implements ItemView {
        /** Copies the set. */
        public Conflicts {
            items = Set.copyOf(items);
        }
    }

    /** What was thrown away. */
    record Trash() implements ItemView {}

    /**
     * The items of one list.
     *
     * @param id the list
     */
    record OfList(UUID id) implements ItemView {}
}
