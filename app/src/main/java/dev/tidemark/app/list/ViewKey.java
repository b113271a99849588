package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A view as a word for the files of this device: it stays the same from day to day. */
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
     * The view that is meant, on that day; the Inbox for what is not worth coming back to: a search that nobody saved, and
     * conflicts, of which there may be none any more.
     *
     * @param query what a saved search looks for; {@code null} for any other view
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
            // Most views have none; a file in which one was damaged means no view of its own.
            return null;
        }
    }

    /** What a saved search looks for; {@code null} for any other view. */
    static @Nullable public String query(ItemSource view) {
        return view instanceof ItemSource.SearchResults found && found.saved() != null ? found.text() : null;
    }
}
