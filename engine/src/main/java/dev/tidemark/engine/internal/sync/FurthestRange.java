package dev.tidemark.engine.internal.sync;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds, of the segments that begin at or before a position, the one with the greatest last change. A search takes
 * O(log n) steps however the segments overlap, because it uses a segment tree over the first changes. Not thread-safe.
 */
final class FurthestRange {
    private static final Comparator<SegmentIndex.Entry> BY_LAST =
            Comparator.comparingLong(entry -> entry.name().last());

    private final List<SegmentIndex.Entry> entries;
    private final int leaves;
    private final SegmentIndex.@Nullable Entry[] furthest;

    /** @param byRange the segments, sorted by {@link SegmentIndex#BY_RANGE} */
    FurthestRange(Collection<SegmentIndex.Entry> byRange) {
        this.entries = List.copyOf(byRange);
        this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, entries.size() - 1)) << 1);
        this.furthest = new SegmentIndex.Entry[2 * leaves];
        for (int place = 0; place < entries.size(); place++) {
            furthest[leaves + place] = entries.get(place);
        }
        for (int node = leaves - 1; node > 0; node--) {
            furthest[node] = further(furthest[2 * node], furthest[2 * node + 1]);
        }
    }

    /** Returns the segment with the greatest last change of those that begin at or before this change; null if none. */
    SegmentIndex.@Nullable Entry from(long first) {
        SegmentIndex.Entry best = null;
        int count = countUpTo(first);
        // Visits the nodes that together cover the first {@code count} leaves, from right to left.
        for (int node = leaves + count, width = 1; count > 0; node /= 2, width *= 2) {
            if ((count & width) != 0) {
                node--;
                best = further(furthest[node], best);
                count -= width;
            }
        }
        return best;
    }

    private int countUpTo(long first) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).name().first() <= first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Removes an unusable segment. */
    void remove(SegmentIndex.Entry unusable) {
        int place = Collections.binarySearch(entries, unusable, SegmentIndex.BY_RANGE);
        int node = leaves + place;
        furthest[node] = null;
        for (node /= 2; node > 0; node /= 2) {
            furthest[node] = further(furthest[2 * node], furthest[2 * node + 1]);
        }
    }

    /**
     * Returns the segment with the greater last change. If both have the same, it returns the left one, which begins
     * first.
     */
    private static SegmentIndex.@Nullable Entry further(
            SegmentIndex.@Nullable Entry left, SegmentIndex.@Nullable Entry right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return BY_LAST.compare(left, right) >= 0 ? left : right;
    }
}
