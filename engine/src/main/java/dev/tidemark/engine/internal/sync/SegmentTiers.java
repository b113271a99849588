package dev.tidemark.engine.internal.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which neighbouring segments of a replica to join, so that there are few files (docs/correctness.md#r17,
 * decision 26) and each byte is rewritten only as often as the size of its file can double.
 *
 * <p>If there are more than 32 files, it searches for the first file that is not longer than all later files together,
 * and joins that file with the later ones. Each earlier file is longer than everything after it, so a later join of the
 * new file at least doubles it. Files of at least half the target size, and files before these, stay unchanged. If too
 * many files remain, it joins all neighbours whose total size does not exceed the target. The target grows with the
 * total size, up to the size that a reader can hold in memory. A replica whose changes take more than
 * {@link #MAX_FILES} files of that size has more files.
 */
final class SegmentTiers {
    /** The number of files up to which nothing is joined (docs/correctness.md#r17). */
    static final int MAX_FILES = 32;

    /**
     * The smallest target, in compressed bytes. In the memory of readers and of the compaction, rows of todos take
     * three times as much.
     */
    static final long SMALLEST_TARGET = 4L << 20;

    /**
     * The greatest target, in compressed bytes. It suits devices with little memory, and is the maximal size of a new
     * segment with several changes.
     */
    static final long LARGEST_TARGET = 8L << 20;

    /**
     * The target doubles while the total size of the segments is more than this many targets. After neighbours are
     * joined, at most 17 segments remain.
     */
    private static final int TARGETS = 8;

    private SegmentTiers() {}

    /**
     * A run of neighbours that become one file.
     *
     * @param from the index of the first file
     * @param to the index after the last file
     */
    record Group(int from, int to) {}

    /**
     * @param sizes the lengths of the files in bytes, in the order of their changes
     */
    static List<Group> plan(List<Long> sizes) {
        long target = target(sizes);
        int tail = afterLastOfAtLeast(target / 2, sizes);
        int most = Math.max(MAX_FILES, tail + MAX_FILES / 2);
        if (sizes.size() <= most) {
            return List.of();
        }
        List<Group> groups = cut(firstWithinRest(tail, sizes), sizes, target);
        return sizes.size() - saved(groups) <= most ? groups : cut(0, sizes, target);
    }

    private static long target(List<Long> sizes) {
        long total = sizes.stream().mapToLong(size -> size).sum();
        long target = SMALLEST_TARGET;
        while (total > TARGETS * target && target < LARGEST_TARGET) {
            target *= 2;
        }
        return target;
    }

    private static int afterLastOfAtLeast(long limit, List<Long> sizes) {
        int place = sizes.size();
        while (place > 0 && sizes.get(place - 1) < limit) {
            place--;
        }
        return place;
    }

    private static int firstWithinRest(int from, List<Long> sizes) {
        int first = sizes.size();
        long rest = 0;
        for (int place = sizes.size() - 1; place >= from; place--) {
            if (sizes.get(place) <= rest) {
                first = place;
            }
            rest += sizes.get(place);
        }
        return first;
    }

    private static List<Group> cut(int from, List<Long> sizes, long target) {
        List<Group> groups = new ArrayList<>();
        int start = from;
        long bytes = 0;
        for (int place = from; place < sizes.size(); place++) {
            if (place > start && bytes + sizes.get(place) > target) {
                add(groups, start, place);
                start = place;
                bytes = 0;
            }
            bytes += sizes.get(place);
        }
        add(groups, start, sizes.size());
        return groups;
    }

    private static void add(List<Group> groups, int from, int to) {
        if (to - from > 1) {
            groups.add(new Group(from, to));
        }
    }

    private static int saved(List<Group> groups) {
        return groups.stream().mapToInt(group -> group.to() - group.from() - 1).sum();
    }
}
