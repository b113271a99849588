package dev.tidemark.app.main;

import dev.tidemark.app.model.ItemView;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A view as a word for the files of this device: it stays the same from day to day. */
final class ViewKey {
    private static final String LIST = "list.";
    private static final String TAG = "tag.";
    private static final String SAVED = "search.";

    private ViewKey() {}

    static String of(ItemView view) {
        return switch (view) {
            case ItemView.OfList list -> LIST + list.id();
            case ItemView.OfTag tag -> TAG + tag.name();
            case ItemView.Found found -> found.saved() == null ? "search" : SAVED + found.saved();
            default -> view.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /**
     * The view that is meant, on that day; the Inbox for what is not worth coming back to: a search that nobody saved, and
     * conflicts, of which there may be none any more.
     *
     * @param query what a saved search looks for; {@code null} for any other view
     */
    static ItemView parse(String key, @Nullable String query, LocalDate today) {
        UUID id = id(key);
        if (key.startsWith(LIST) && id != null) {
            return new ItemView.OfList(id);
        } else if (key.startsWith(TAG)) {
            return new ItemView.OfTag(key.substring(TAG.length()));
        } else if (key.startsWith(SAVED) && id != null && query != null) {
            return new ItemView.Found(query, today, id);
        }
        return switch (key) {
            case "today" -> new ItemView.Today(today);
            case "upcoming" -> new ItemView.Upcoming(today);
            case "completed" -> new ItemView.Completed();
            case "all" -> new ItemView.All();
            case "notes" -> new ItemView.Notes();
            case "trash" -> new ItemView.Trash();
            default -> new ItemView.Inbox();
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
    static @Nullable String query(ItemView view) {
        return view instanceof ItemView.Found found && found.saved() != null ? found.text() : null;
    }
}
