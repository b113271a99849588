package dev.tidemark.app.model;

/**
 * The number of items in each smart list. Immutable.
 *
 * @param inbox open items without a list
 * @param today open items due today or earlier
 * @param upcoming open items with a due date
 * @param all open items
 * @param notes open notes
 * @param trash items in the trash
 */
public record SidebarCounts(int inbox, int today, int upcoming, int all, int notes, int completed, int trash) {
    public static final SidebarCounts NONE = new SidebarCounts(0, 0, 0, 0, 0, 0, 0);
}
