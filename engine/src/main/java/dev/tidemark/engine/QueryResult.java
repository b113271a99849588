package dev.tidemark.engine;

import dev.tidemark.engine.changelog.VersionVector;
import java.util.List;

/**
 * What a subscription delivers: the whole result, and how it differs from the one before. Immutable.
 *
 * @param rows the rows in the query's order; unmodifiable
 * @param difference leads from the rows delivered before (none, at first) to these
 * @param vector what had been applied when the query ran; see {@link Database#writeHavingSeen}
 */
public record QueryResult<T>(List<T> rows, Difference<T> difference, VersionVector vector) {}
