package dev.tidemark.app.model;

import org.jspecify.annotations.Nullable;

/**
 * The sort order and filters of a list. Immutable.
 *
 * @param withDone whether completed items are shown after the others
 * @param kind the only kind shown; {@code null} for both
 * @param atLeast the lowest priority shown; {@link Priority#NONE} for all
 * @param dated whether only items with a date are shown
 * @param tag the tag of the items shown; {@code null} for all items
 */
public record ViewOptions(
        Sort sort,
        boolean withDone,
        @Nullable Kind kind,
        Priority atLeast,
        boolean dated,
        @Nullable String tag) {
    /** All open items in the manual order. */
    public static final ViewOptions DEFAULT = new ViewOptions(Sort.OWN, false, null, Priority.NONE, false, null);

    public static ViewOptions of(ItemSource view) {
        return DEFAULT.by(
                switch (view) {
                    case ItemSource.Today _, ItemSource.Upcoming _ -> Sort.DUE;
                    case ItemSource.Completed _, ItemSource.Trash _, ItemSource.SearchResults _ -> Sort.CHANGED;
                    default -> Sort.OWN;
                });
    }

    public ViewOptions by(Sort other) {
        return new ViewOptions(other, withDone, kind, atLeast, dated, tag);
    }

    public ViewOptions withDone(boolean wanted) {
        return new ViewOptions(sort, wanted, kind, atLeast, dated, tag);
    }

    public ViewOptions only(@Nullable Kind other) {
        return new ViewOptions(sort, withDone, other, atLeast, dated, tag);
    }

    public ViewOptions withPriorityAtLeast(Priority least) {
        return new ViewOptions(sort, withDone, kind, least, dated, tag);
    }

    public ViewOptions dated(boolean wanted) {
        return new ViewOptions(sort, withDone, kind, atLeast, wanted, tag);
    }

    public ViewOptions tagged(@Nullable String other) {
        return new ViewOptions(sort, withDone, kind, atLeast, dated, other);
    }

    /** Whether any filter is set, except the filter on completed items. */
    public boolean filters() {
        return kind != null || atLeast != Priority.NONE || dated || tag != null;
    }
}
