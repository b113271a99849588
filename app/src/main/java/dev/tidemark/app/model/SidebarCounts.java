package dev.tidemark.app.model;

/**
 * How many items the smart lists hold. Immutable.
 *
 * @param inbox open items without a list
 * @param today open items due today or earlier
 * @param all open items
 * @param notes notes
 * @param trash items in the trash
 */
public record SidebarCounts(int inbox, int today, int all, int notes, int trash) {}
