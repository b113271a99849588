package dev.tidemark.app.model;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The view that the main window shows, such as a smart list, a list, a tag or search results. Immutable. */
public sealed interface ItemSource {
    /** Whether the user can add items in this view. Such views also hide completed items by default. */
    default boolean acceptsNewItems() {
        return switch (this) {
            case Inbox _, Today _, Upcoming _, All _, Notes _, OfList _, OfTag _ -> true;
            case Completed _, Conflicts _, Trash _, SearchResults _, History _, Checkpoints _, Devices _, Activity _ ->
                false;
        };
    }

    /** Items that have no list, or whose list is deleted. */
    record Inbox() implements ItemSource {}

    /**
     * Items due on this day, and open items that are overdue.
     *
     * @param date the day
     */
    record Today(LocalDate date) implements ItemSource {}

    /**
     * Items with a due date that are open, or due today or later.
     *
     * @param date today
     */
    record Upcoming(LocalDate date) implements ItemSource {}

    record Completed() implements ItemSource {}

    /** All items that are not in the trash. */
    record All() implements ItemSource {}

    record Notes() implements ItemSource {}

    /** Items with unresolved conflicts. */
    record Conflicts(Set<UUID> items) implements ItemSource {
        public Conflicts {
            items = Set.copyOf(items);
        }
    }

    record Trash() implements ItemSource {}

    /**
     * The history page, which lists the changes of all devices. It has no items.
     *
     * @param item the item whose changes are shown; {@code null} for all items
     */
    record History(@Nullable UUID item) implements ItemSource {}

    /** The page of checkpoints. It has no items. */
    record Checkpoints() implements ItemSource {}

    /** The page of the library's devices. It has no items. */
    record Devices() implements ItemSource {}

    /** The page of sync activity. It has no items. */
    record Activity() implements ItemSource {}

    /** The items of one list. */
    record OfList(UUID id) implements ItemSource {}

    /**
     * The items that have a tag.
     *
     * @param name the tag's name without {@code #}
     */
    record OfTag(String name) implements ItemSource {}

    /**
     * The results of a search.
     *
     * @param text the text as the user typed it; see {@link Search}
     * @param saved the id of the saved search, or {@code null}
     */
    record SearchResults(
            String text, LocalDate today, @Nullable UUID saved) implements ItemSource {}
}
