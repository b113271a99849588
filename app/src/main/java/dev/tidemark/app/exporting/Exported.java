package dev.tidemark.app.exporting;

/**
 * The result of an export. Immutable.
 *
 * @param items the number of items written
 * @param itemsLeftOut the number of items that the format cannot express, which are the items in the trash
 * @param attachments the number of attachments written
 * @param attachmentsLeftOut the number of attachments that the format cannot contain or that are not on this device
 */
public record Exported(int items, int itemsLeftOut, long attachments, long attachmentsLeftOut) {}
