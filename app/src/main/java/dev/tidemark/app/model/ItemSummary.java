package dev.tidemark.app.model;

import java.util.UUID;

/**
 * A short form of an item for queries that return many. Immutable.
 *
 * @param title one line, may be empty
 */
public record ItemSummary(UUID id, String title, boolean done) {
    public static ItemSummary of(ItemRow row) {
        return new ItemSummary(row.id(), row.title(), row.done());
    }
}
