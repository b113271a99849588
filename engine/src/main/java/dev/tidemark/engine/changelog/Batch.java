package dev.tidemark.engine.changelog;

import java.util.List;

/**
 * Some changes in causal order: a change stands after every change its writer had seen, unless that one is already
 * held by whom the batch is for. Immutable.
 *
 * @param changes the changes, each replica's in rising order without gaps
 */
public record Batch(List<Change> changes) {
    /** Copies the list. */
    public Batch {
        changes = List.copyOf(changes);
    }
}
