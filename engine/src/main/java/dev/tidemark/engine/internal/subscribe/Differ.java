package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query.Result.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Computes the difference between two lists in O(n log n). The rows that need not move are the longest increasing
 * subsequence of the old positions in the new order, found by patience sorting (Fredman, <i>On computing the length of
 * longest increasing subsequences</i>, 1975).
 */
final class Differ {
    private Differ() {}

    /** Returns for each new position the old position of the same row, or -1. */
    static int[] origins(List<? extends @Nullable Object> oldKeys, List<? extends @Nullable Object> newKeys) {
        int[] origins = new int[newKeys.size()];
        int shorter = Math.min(oldKeys.size(), newKeys.size());
        int head = 0;
        while (head < shorter && Objects.equals(oldKeys.get(head), newKeys.get(head))) {
            origins[head] = head;
            head++;
        }
        int oldEnd = oldKeys.size();
        int newEnd = newKeys.size();
        while (oldEnd > head && newEnd > head && Objects.equals(oldKeys.get(oldEnd - 1), newKeys.get(newEnd - 1))) {
            oldEnd--;
            newEnd--;
            origins[newEnd] = oldEnd;
        }
        matchByKey(oldKeys.subList(head, oldEnd), newKeys.subList(head, newEnd), head, origins);
        return origins;
    }

    private static void matchByKey(
            List<? extends @Nullable Object> oldKeys,
            List<? extends @Nullable Object> newKeys,
            int head,
            int[] origins) {
        Map<@Nullable Object, Integer> first = HashMap.newHashMap(oldKeys.size());
        int[] following = new int[oldKeys.size()];
        for (int index = oldKeys.size() - 1; index >= 0; index--) {
            Integer same = first.put(oldKeys.get(index), index);
            following[index] = same == null ? -1 : same;
        }
        for (int index = 0; index < newKeys.size(); index++) {
            Integer origin = first.get(newKeys.get(index));
            origins[head + index] = origin == null ? -1 : head + origin;
            if (origin != null && following[origin] >= 0) {
                first.put(newKeys.get(index), following[origin]);
            } else if (origin != null) {
                first.remove(newKeys.get(index));
            }
        }
    }

    /**
     * Returns the difference, given the old position of each row.
     *
     * @param changed whether a row of both lists has other values in the new list, given its new position
     */
    static <T> Difference<T> difference(int oldSize, int[] origins, List<T> newRows, IntPredicate changed) {
        boolean[] retained = new boolean[oldSize];
        boolean[] fixed = fixed(origins);
        List<Integer> added = new ArrayList<>();
        List<Difference.Move> moved = new ArrayList<>();
        List<Integer> differing = new ArrayList<>();
        for (int index = 0; index < origins.length; index++) {
            int origin = origins[index];
            if (origin < 0) {
                added.add(index);
                continue;
            }
            retained[origin] = true;
            if (!fixed[index]) {
                moved.add(new Difference.Move(origin, index));
            }
            if (changed.test(index)) {
                differing.add(index);
            }
        }
        List<Integer> removed = new ArrayList<>();
        for (int index = 0; index < oldSize; index++) {
            if (!retained[index]) {
                removed.add(index);
            }
        }
        return new Difference<>(
                List.copyOf(removed), List.copyOf(added), List.copyOf(moved), List.copyOf(differing), newRows);
    }

    /** Returns for each new position whether its row need not move. As many rows as possible need not move. */
    private static boolean[] fixed(int[] origins) {
        int[] before = new int[origins.length];
        int[] ends = new int[origins.length];
        int length = 0;
        for (int index = 0; index < origins.length; index++) {
            if (origins[index] < 0) {
                continue;
            }
            int pile = firstNotBelow(origins, ends, length, origins[index]);
            before[index] = pile == 0 ? -1 : ends[pile - 1];
            ends[pile] = index;
            length = Math.max(length, pile + 1);
        }
        boolean[] fixed = new boolean[origins.length];
        for (int index = length == 0 ? -1 : ends[length - 1]; index >= 0; index = before[index]) {
            fixed[index] = true;
        }
        return fixed;
    }

    private static int firstNotBelow(int[] origins, int[] ends, int length, int origin) {
        // Most lists keep their order, so this saves most searches.
        if (length == 0 || origins[ends[length - 1]] < origin) {
            return length;
        }
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (origins[ends[middle]] < origin) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
