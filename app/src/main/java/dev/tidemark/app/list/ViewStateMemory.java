package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the selection and scroll position of each view, and restores them when the user returns to the view.
 * Belongs to the thread of the view model.
 */
public final class ViewStateMemory {
    /** The number of rows that stay visible above a selected row that the list scrolls to. */
    private static final int ABOVE = 4;

    private final Map<String, ViewState> left = new HashMap<>();
    private Viewport screen = new Unseen();

    /** The state to restore when the requested rows arrive; {@code null} after that. */
    private @Nullable ViewState pending;

    /** Whether to select the first row when the rows arrive. */
    private boolean selects;

    /** Whether the same view is loaded again and keeps the current selection. */
    private boolean keepsSelection;

    /** The open item and the index of the topmost row. */
    public record ViewState(@Nullable UUID selected, int top) {
        public static final ViewState NONE = new ViewState(null, 0);
    }

    /** Reads and sets the scroll position of the list control. */
    interface Viewport {
        /** The index of the topmost row. */
        int top();

        /** Scrolls a row to the top. */
        void scrollTo(int row);
    }

    /** Stores the scroll position until the list control exists. */
    private static final class Unseen implements Viewport {
        private int top;

        @Override
        public int top() {
            return top;
        }

        @Override
        public void scrollTo(int row) {
            top = row;
        }
    }

    /** Sets the list control, and scrolls it to the current position. */
    void setViewport(Viewport shown) {
        shown.scrollTo(screen.top());
        screen = shown;
    }

    /** Records the state of the previous view, and looks up the state of the next. */
    void move(ItemSource from, @Nullable UUID selected, ItemSource to) {
        left.put(ViewKey.of(from), current(from, selected));
        boolean isTyped = to instanceof ItemSource.SearchResults found && found.saved() == null;
        pending = isTyped ? ViewState.NONE : of(to);
        selects = false;
        keepsSelection = false;
    }

    /** Sets the state of the first view, stored by the last run. */
    void begin(ItemSource view, ViewState before) {
        left.put(ViewKey.of(view), before);
        pending = before;
    }

    private ViewState of(ItemSource view) {
        return left.getOrDefault(ViewKey.of(view), ViewState.NONE);
    }

    /** Returns the current state, or the state to restore if the rows of the view have not arrived yet. */
    ViewState current(ItemSource view, @Nullable UUID selected) {
        return pending == null ? new ViewState(selected, screen.top()) : of(view);
    }

    /** The index of the topmost row to restore. */
    int topToRestore() {
        return pending == null ? 0 : pending.top();
    }

    /** Keeps the state while the same view is loaded again, such as for another day. */
    public void keepPosition(ItemSource view, @Nullable UUID selected) {
        keepsSelection = keepsSelection || pending == null;
        pending = current(view, selected);
    }

    /** Whether the list still shows the rows of the previous view. */
    boolean isAwaiting() {
        return pending != null;
    }

    /** Selects the first row when the rows arrive, unless another row is restored. */
    void selectWhenThere() {
        selects = true;
    }

    private void select(ItemListViewModel list, ViewState visit) {
        if (list.indexOf(visit.selected()) >= 0) {
            list.selectedProperty().set(visit.selected());
        } else if (selects && !list.rows().isEmpty()) {
            list.selectedProperty().set(list.rows().getFirst().id());
        }
    }

    /**
     * Restores the state. Call this method when rows arrived. If they are a reload of the same view, keeps the
     * selection.
     */
    public void restoreWhenLoaded(ItemListViewModel list) {
        ViewState visit = pending;
        if (visit == null) {
            return;
        }
        pending = null;
        boolean isStaying = keepsSelection;
        keepsSelection = false;
        if (!isStaying) {
            if (list.selectedProperty().get() != null) {
                screen.scrollTo(Math.max(0, list.indexOf(list.selectedProperty().get()) - ABOVE));
                return;
            }
            select(list, visit);
        }
        int top = visit.top() - list.window().from();
        screen.scrollTo(Math.clamp(top, 0, Math.max(0, list.rows().size() - 1)));
    }
}
