package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.BatchLimit;
import java.time.Duration;

/**
 * How fast what others changed is merged: in how large transactions, and with how long a rest after each. A merge keeps
 * processors busy and writers waiting; a program in which somebody types lets it go slowly meanwhile. Immutable.
 *
 * @param changes most changes of a merge, at least 1; no more than {@link SyncOptions#pullLimit} either way
 * @param rest how long to rest after a merge, as a multiple of what it took; 0 is not at all
 */
public record MergePace(int changes, double rest) {
    /** As fast as can be. */
    public static final MergePace FULL = new MergePace(Integer.MAX_VALUE, 0);

    /** However long a merge took on a machine that had other things to do: what is changed on a device shall come. */
    static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException if there are less than 1 change, or the rest is negative or no number */
    public MergePace {
        if (changes < 1 || !(rest >= 0)) {
            throw new IllegalArgumentException(
                    "A merge takes at least one change, and the rest after it at least no time");
        }
    }

    /** This limit with no more changes than a merge may take. */
    BatchLimit within(BatchLimit limit) {
        return new BatchLimit(Math.min(limit.changes(), changes), limit.bytes());
    }

    /** How long to rest after a merge that took so long; a second at most. */
    Duration restAfter(Duration merge) {
        double nanos = Math.min((double) merge.toNanos() * rest, (double) LONGEST_REST.toNanos());
        return Duration.ofNanos((long) nanos);
    }
}
