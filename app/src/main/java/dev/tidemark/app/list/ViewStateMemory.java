package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the person was in each view, so that coming back finds the same item selected and the same row at the top. Belongs to the
 * view model's thread.
 */
public final class ViewStateMemory {
    /** So many rows stand above one that somebody is brought to. */
    private static final int ABOVE = 4;

    private final Map<String, ViewState> left = new HashMap<>();
    private Viewport screen = new Unseen();

    /** Where to go once the rows are there that were asked for; {@code null} if they are. */
    private @Nullable ViewState awaited;

    /** Whether something has to be selected then. */
    private boolean selects;

    /** Whether only the rows are read anew, and what is selected is right. */
    private boolean stays;

    /**
     * Where somebody was.
     *
     * @param selected the item that was open
     * @param top the row at the top
     */
    public record ViewState(@Nullable UUID selected, int top) {
        public static final ViewState NONE = new ViewState(null, 0);
    }

    /** The rows as they stand on the screen. */
    interface Viewport {
        /** Which row is the first one. */
        int top();

        /** Has this one be the first. */
        void scrollTo(int row);
    }

    /** What stands for the screen until there is one. */
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

    /** Sets where the rows are shown. */
    void setViewport(Viewport shown) {
        shown.scrollTo(screen.top());
        screen = shown;
    }

    /** Comes to a view from another one. */
    void move(ItemSource from, @Nullable UUID selected, ItemSource to) {
        left.put(ViewKey.of(from), here(from, selected));
        boolean isTyped = to instanceof ItemSource.SearchResults found && found.saved() == null;
        awaited = isTyped ? ViewState.NONE : of(to);
        selects = false;
        stays = false;
    }

    /** Comes to a view where it was left in another run of the program. */
    void begin(ItemSource view, ViewState before) {
        left.put(ViewKey.of(view), before);
        awaited = before;
    }

    private ViewState of(ItemSource view) {
        return left.getOrDefault(ViewKey.of(view), ViewState.NONE);
    }

    /** Where the person is; while the rows are not there yet, where they will be. */
    ViewState here(ItemSource view, @Nullable UUID selected) {
        return awaited == null ? new ViewState(selected, screen.top()) : of(view);
    }

    /** Which row is to be at the top once the rows are there. */
    int awaitedTop() {
        return awaited == null ? 0 : awaited.top();
    }

    /** The rows of the same view are read anew, as the day is another: who is there stays where he is. */
    public void keepPosition(ItemSource view, @Nullable UUID selected) {
        stays = stays || awaited == null;
        awaited = here(view, selected);
    }

    /** Whether the rows on the screen are still those of the view before. */
    boolean isAwaiting() {
        return awaited != null;
    }

    /** Selects the first row once it is there, unless the person comes back to another one. */
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

    /** The rows of the view are there. Where it stays the same view, the person may have selected another row meanwhile. */
    public void restoreWhenLoaded(ItemListViewModel list) {
        ViewState visit = awaited;
        if (visit == null) {
            return;
        }
        awaited = null;
        boolean isStaying = stays;
        stays = false;
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
