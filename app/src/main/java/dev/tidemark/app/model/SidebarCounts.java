package dev.tidemark.app.model;

/**
 * The numbers of items in the smart lists. Immutable.
 *
 * @param inbox open items without a list
 * @param today open items due today or earlier
 * @param upcoming open items with a date
 * @param all open items
 * @param notes open notes
 * @param trash items in the trash
 */
public record SidebarCounts(int inbox, int today, int upcoming, int all, int notes, int completed, int trash) {
    public static final SidebarCounts NONE = new SidebarCounts(0, 0, 0, 0, 0, 0, 0);
}
