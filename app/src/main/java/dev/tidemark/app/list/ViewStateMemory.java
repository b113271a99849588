package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The selection and scroll position of each view, restored when the user returns to it. Belongs to the view model's
 * thread.
 */
public final class ViewStateMemory {
    /** Number of rows shown above a row that the list scrolls to. */
    private static final int ABOVE = 4;

    private final Map<String, ViewState> left = new HashMap<>();
    private Viewport screen = new Unseen();

    /** The state to restore when the requested rows arrive; {@code null} if they have. */
    private @Nullable ViewState pending;

    /** Whether to select the first row when the rows arrive. */
    private boolean selects;

    /** Whether the same view reloads and keeps the current selection. */
    private boolean keepsSelection;

    /** The open item and the index of the topmost row. */
    public record ViewState(@Nullable UUID selected, int top) {
        public static final ViewState NONE = new ViewState(null, 0);
    }

    /** The scroll position of the list control. */
    interface Viewport {
        /** The index of the topmost row. */
        int top();

        /** Scrolls this row to the top. */
        void scrollTo(int row);
    }

    /** The scroll position before the list control exists. */
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

    /** Sets the list control and scrolls it to the current position. */
    void setViewport(Viewport shown) {
        shown.scrollTo(screen.top());
        screen = shown;
    }

    /** Records the state of the previous view and looks up the state of the next. */
    void move(ItemSource from, @Nullable UUID selected, ItemSource to) {
        left.put(ViewKey.of(from), here(from, selected));
        boolean isTyped = to instanceof ItemSource.SearchResults found && found.saved() == null;
        pending = isTyped ? ViewState.NONE : of(to);
        selects = false;
        keepsSelection = false;
    }

    /** Sets the state of the first view, from the last run. */
    void begin(ItemSource view, ViewState before) {
        left.put(ViewKey.of(view), before);
        pending = before;
    }

    private ViewState of(ItemSource view) {
        return left.getOrDefault(ViewKey.of(view), ViewState.NONE);
    }

    /** The current state; before the rows arrive, the state to restore. */
    ViewState here(ItemSource view, @Nullable UUID selected) {
        return pending == null ? new ViewState(selected, screen.top()) : of(view);
    }

    /** The topmost row to restore. */
    int awaitedTop() {
        return pending == null ? 0 : pending.top();
    }

    /** Keeps the state while the same view reloads for another day. */
    public void keepPosition(ItemSource view, @Nullable UUID selected) {
        keepsSelection = keepsSelection || pending == null;
        pending = here(view, selected);
    }

    /** Whether the list still shows the rows of the previous view. */
    boolean isAwaiting() {
        return pending != null;
    }

    /** Selects the first row when it arrives, unless another row is restored. */
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

    /** Restores the state when the rows arrive. After a reload, the user's newer selection stays. */
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
