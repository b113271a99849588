package dev.tidemark.app.model;

import java.util.UUID;

/**
 * The short form of an item for queries that return many items. Immutable.
 *
 * @param title one line of text, which may be empty
 */
public record ItemSummary(UUID id, String title, boolean done) {
    public static ItemSummary of(ItemRow row) {
        return new ItemSummary(row.id(), row.title(), row.done());
    }
}
