package dev.tidemark.app.model;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which items a list shows. Immutable. */
public sealed interface ItemSource {
    /** Whether new items can be added here. It is also where what is done is left out, unless the person wants it. */
    default boolean acceptsNewItems() {
        return switch (this) {
            case Inbox it -> true;
            case Today it -> true;
            case Upcoming it -> true;
            case All it -> true;
            case Notes it -> true;
            case OfList it -> true;
            case OfTag it -> true;
            case Completed it -> false;
            case Conflicts it -> false;
            case Trash it -> false;
            case SearchResults it -> false;
        };
    }

    /** Items that are in no list, or in one that is gone. */
    record Inbox() implements ItemSource {}

    /**
     * Items due on this day, and open ones that were due before.
     *
     * @param date the day
     */
    record Today(LocalDate date) implements ItemSource {}

    /**
     * Open items with a date, by the day.
     *
     * @param date today
     */
    record Upcoming(LocalDate date) implements ItemSource {}

    /** What is ticked off. */
    record Completed() implements ItemSource {}

    /** Everything that is not in the trash. */
    record All() implements ItemSource {}

    /** Notes. */
    record Notes() implements ItemSource {}

    /**
     * Items of which something lost, wherever they are.
     *
     * @param items their ids
     */
    record Conflicts(Set<UUID> items) implements ItemSource {
        /** Copies the set. */
        public Conflicts {
            items = Set.copyOf(items);
        }
    }

    /** What was thrown away. */
    record Trash() implements ItemSource {}

    /**
     * The items of one list.
     *
     * @param id the list
     */
    record OfList(UUID id) implements ItemSource {}

    /**
     * The items that have a tag.
     *
     * @param name the tag, without its mark
     */
    record OfTag(String name) implements ItemSource {}

    /**
     * What a search finds.
     *
     * @param text as it was typed, see {@link Search}
     * @param today the day that it is
     * @param saved the saved search that it is, or {@code null}
     */
    record SearchResults(
            String text, LocalDate today, @Nullable UUID saved) implements ItemSource {}
}
