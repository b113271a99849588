package dev.tidemark.engine.internal.log;

import java.util.Comparator;

/**
 * A range of a replica's changes that may contain answers to a query.
 *
 * @param lowest lower bound of the clock values in the range
 * @param highest upper bound of the clock values in the range
 */
record CandidateRange(int replica, long first, long last, long lowest, long highest) {
    /** Returns the order in which a query reads ranges. Ranges that may contain its first answers come first. */
    static Comparator<CandidateRange> order(boolean newestFirst) {
        return newestFirst
                ? Comparator.comparingLong(CandidateRange::highest).reversed()
                : Comparator.comparingLong(CandidateRange::lowest);
    }
}
