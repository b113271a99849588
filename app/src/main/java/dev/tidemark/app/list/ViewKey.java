package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts a view to a key for the files of this device, and back. The key does not depend on the day. */
public final class ViewKey {
    private static final String LIST = "list.";
    private static final String TAG = "tag.";
    private static final String SAVED = "search.";

    private ViewKey() {}

    public static String of(ItemSource view) {
        return switch (view) {
            case ItemSource.OfList list -> LIST + list.id();
            case ItemSource.OfTag tag -> TAG + tag.name();
            case ItemSource.SearchResults found -> found.saved() == null ? "search" : SAVED + found.saved();
            default -> view.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /**
     * Returns the view of a key on a day. Returns the Inbox for views that are not restored: an unsaved search, and
     * pages such as the conflicts, which the user may have resolved.
     *
     * @param query the query of a saved search; {@code null} for any other view
     */
    public static ItemSource parse(String key, @Nullable String query, LocalDate today) {
        UUID id = id(key);
        if (key.startsWith(LIST) && id != null) {
            return new ItemSource.OfList(id);
        } else if (key.startsWith(TAG)) {
            return new ItemSource.OfTag(key.substring(TAG.length()));
        } else if (key.startsWith(SAVED) && id != null && query != null) {
            return new ItemSource.SearchResults(query, today, id);
        }
        return switch (key) {
            case "today" -> new ItemSource.Today(today);
            case "upcoming" -> new ItemSource.Upcoming(today);
            case "completed" -> new ItemSource.Completed();
            case "all" -> new ItemSource.All();
            case "notes" -> new ItemSource.Notes();
            case "trash" -> new ItemSource.Trash();
            default -> new ItemSource.Inbox();
        };
    }

    private static @Nullable UUID id(String key) {
        try {
            return UUID.fromString(key.substring(key.indexOf('.') + 1));
        } catch (IllegalArgumentException e) {
            // An invalid id in a damaged file selects the Inbox.
            return null;
        }
    }

    /** The query of a saved search; {@code null} for any other view. */
    static @Nullable public String query(ItemSource view) {
        return view instanceof ItemSource.SearchResults found && found.saved() != null ? found.text() : null;
    }
}
