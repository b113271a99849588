package dev.tidemark.app.model;

import java.util.UUID;

/**
 * The little of an item that is read of very many at once. Immutable.
 *
 * @param id its id
 * @param title one line, may be empty
 * @param done whether it is ticked off
 */
public record ItemSummary(UUID id, String title, boolean done) {
    /** That of a row. */
    public static ItemSummary of(ItemRow row) {
        return new ItemSummary(row.id(), row.title(), row.done());
    }
}
