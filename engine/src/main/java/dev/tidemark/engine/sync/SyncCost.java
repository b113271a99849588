package dev.tidemark.engine.sync;

import dev.tidemark.engine.storage.CountingStorage;
import java.time.Duration;
import java.util.Random;

/**
 * What the requests of a device cost in a bucket, at Amazon's list prices of its standard storage (us-east-1, 2026): an
 * estimate to choose an interval by. Others ask less, some nothing. Immutable.
 *
 * @param listsAndPuts requests for listings and uploads, which cost 0.005 USD a thousand
 * @param gets downloads, which cost 0.0004 USD a thousand; removals are free
 */
public record SyncCost(long listsAndPuts, long gets) {
    private static final double DOLLARS_A_LIST_OR_PUT = 0.005 / 1_000;
    private static final double DOLLARS_A_GET = 0.0004 / 1_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    /** Of requests that were made. */
    public static SyncCost of(CountingStorage.Counts counts) {
        return new SyncCost(counts.lists() + counts.puts(), counts.gets());
    }

    /**
     * Of a device that is on for a month of 30 days, and whose person leaves it alone: it looks, ever more rarely, whether
     * others have changed something, and puts a sign of life each day.
     *
     * @param interval how long after a sync the next one comes by itself, as in {@link SyncTarget}
     */
    public static SyncCost idleMonth(Duration interval) {
        return month(interval, 0);
    }

    /**
     * Of a device that is on for a month of 30 days.
     *
     * @param interval how long after a sync the next one comes by itself, as in {@link SyncTarget}
     * @param edits how many times a day the person edits something, here or on another device, evenly over the day
     */
    public static SyncCost month(Duration interval, int edits) {
        SyncBackoff pace = new SyncBackoff(new Random(0));
        Duration betweenEdits = edits == 0 ? MONTH : DAY.dividedBy(edits);
        Duration now = Duration.ZERO;
        Duration nextEdit = betweenEdits;
        long lists = 0;
        while (now.compareTo(MONTH) < 0) {
            lists++;
            boolean edited = nextEdit.compareTo(now) <= 0;
            if (edited) {
                nextEdit = nextEdit.plus(betweenEdits);
            }
            Duration due = now.plus(pace.afterSuccess(interval, edited));
            now = due.compareTo(nextEdit) < 0 ? due : nextEdit;
        }
        long days = MONTH.toDays();
        return new SyncCost(lists + days * edits + days, days * edits);
    }

    /** All requests together, removals excepted. */
    public long requests() {
        return listsAndPuts + gets;
    }

    /** In US dollars. */
    public double dollars() {
        return listsAndPuts * DOLLARS_A_LIST_OR_PUT + gets * DOLLARS_A_GET;
    }

    /** The same many times. */
    public SyncCost times(long factor) {
        return new SyncCost(listsAndPuts * factor, gets * factor);
    }
}
