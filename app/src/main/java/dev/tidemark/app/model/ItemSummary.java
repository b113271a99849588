package dev.tidemark.app.model;

import java.util.UUID;

/**
 * A short form of an item for queries that return many. Immutable.
 *
 * @param id its id
 * @param title one line, may be empty
 * @param done whether it is completed
 */
public record ItemSummary(UUID id, String title, boolean done) {
    /** The summary of a row. */
    public static ItemSummary of(ItemRow row) {
        return new ItemSummary(row.id(), row.title(), row.done());
    }
}
