package dev.tidemark.app.model;

/**
 * How many items the smart lists hold. Immutable.
 *
 * @param inbox open items without a list
 * @param today open items due today or earlier
 * @param upcoming open items with a date
 * @param all open items
 * @param notes notes
 * @param completed items that are ticked off
 * @param trash items in the trash
 */
public record SidebarCounts(int inbox, int today, int upcoming, int all, int notes, int completed, int trash) {
    /** Nothing anywhere. */
    public static final SidebarCounts NONE = new SidebarCounts(0, 0, 0, 0, 0, 0, 0);
}
