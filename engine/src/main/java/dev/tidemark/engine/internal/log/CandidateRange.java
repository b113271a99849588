package dev.tidemark.engine.internal.log;

import java.util.Comparator;

/**
 * A stretch of a replica's changes in which answers to a query may lie.
 *
 * @param replica the replica's number
 * @param lowest no change in it has a lower clock value
 * @param highest no change in it has a higher clock value
 */
record CandidateRange(int replica, long first, long last, long lowest, long highest) {
    /** The order in which a query wants them: those that may hold its first answers come first. */
    static Comparator<CandidateRange> order(boolean newestFirst) {
        return newestFirst
                ? Comparator.comparingLong(CandidateRange::highest).reversed()
                : Comparator.comparingLong(CandidateRange::lowest);
    }
}
