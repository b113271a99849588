package dev.tidemark.app.model;

import org.jspecify.annotations.Nullable;

/**
 * How a list shows what belongs to it: in which order, and what of it. Immutable.
 *
 * @param sort the order
 * @param withDone whether what is ticked off is shown too, after the rest
 * @param kind only todos or only notes; {@code null} for both
 * @param atLeast only what matters as much; {@link Priority#NONE} for everything
 * @param dated only what has a date
 * @param tag only what has this tag; {@code null} for everything
 */
public record ViewOptions(
        Sort sort,
        boolean withDone,
        @Nullable Kind kind,
        Priority atLeast,
        boolean dated,
        @Nullable String tag) {
    /** Everything that is open, in the person's order. */
    public static final ViewOptions DEFAULT = new ViewOptions(Sort.OWN, false, null, Priority.NONE, false, null);

    /** How a view is shown that nobody has arranged. */
    public static ViewOptions of(ItemSource view) {
        return DEFAULT.by(
                switch (view) {
                    case ItemSource.Today it -> Sort.DUE;
                    case ItemSource.Upcoming it -> Sort.DUE;
                    case ItemSource.Completed it -> Sort.CHANGED;
                    case ItemSource.Trash it -> Sort.CHANGED;
                    case ItemSource.SearchResults it -> Sort.CHANGED;
                    default -> Sort.OWN;
                });
    }

    /** This in another order. */
    public ViewOptions by(Sort other) {
        return new ViewOptions(other, withDone, kind, atLeast, dated, tag);
    }

    /** This with or without what is done. */
    public ViewOptions withDone(boolean wanted) {
        return new ViewOptions(sort, wanted, kind, atLeast, dated, tag);
    }

    /** This with this kind only. */
    public ViewOptions only(@Nullable Kind other) {
        return new ViewOptions(sort, withDone, other, atLeast, dated, tag);
    }

    /** This with what matters as much only. */
    public ViewOptions withPriorityAtLeast(Priority least) {
        return new ViewOptions(sort, withDone, kind, least, dated, tag);
    }

    /** This with what has a date only. */
    public ViewOptions dated(boolean wanted) {
        return new ViewOptions(sort, withDone, kind, atLeast, wanted, tag);
    }

    /** This with what has this tag only. */
    public ViewOptions tagged(@Nullable String other) {
        return new ViewOptions(sort, withDone, kind, atLeast, dated, other);
    }

    /** Whether it leaves anything out beside what is done. */
    public boolean filters() {
        return kind != null || atLeast != Priority.NONE || dated || tag != null;
    }
}
