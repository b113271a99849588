package dev.tidemark.engine.remote;

import dev.tidemark.engine.storage.CountingStorage;
import java.time.Duration;
import java.util.Random;

/**
 * Estimates the cost of a device's requests to a bucket, which helps to choose an interval. Uses Amazon's list prices
 * of its standard storage (us-east-1, 2026). Other providers charge less or nothing. Immutable.
 *
 * @param listsAndPuts the number of listings and uploads, which cost 0.005 USD per thousand
 * @param gets the number of downloads, which cost 0.0004 USD per thousand. Removals are free.
 */
public record SyncCost(long listsAndPuts, long gets) {
    private static final double DOLLARS_A_LIST_OR_PUT = 0.005 / 1_000;
    private static final double DOLLARS_A_GET = 0.0004 / 1_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    /** Returns the cost of requests that were counted. */
    public static SyncCost of(CountingStorage.Counts counts) {
        return new SyncCost(counts.lists() + counts.puts(), counts.gets());
    }

    /**
     * Returns the cost of a device that is on for a month of 30 days without edits. It checks for changes at growing
     * intervals, and writes its device record each day.
     *
     * @param interval the time from a sync to the next automatic one, as in {@link SyncService.Target}
     */
    public static SyncCost idleMonth(Duration interval) {
        return month(interval, 0);
    }

    /**
     * Returns the cost of a device that is on for a month of 30 days.
     *
     * @param interval the time from a sync to the next automatic one, as in {@link SyncService.Target}
     * @param edits the number of edits a day, on this or other devices, spread evenly over the day
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

    /** Returns the number of requests, without removals. */
    public long requests() {
        return listsAndPuts + gets;
    }

    /** Returns the cost in US dollars. */
    public double dollars() {
        return listsAndPuts * DOLLARS_A_LIST_OR_PUT + gets * DOLLARS_A_GET;
    }

    /** Returns this cost times a factor. */
    public SyncCost times(long factor) {
        return new SyncCost(listsAndPuts * factor, gets * factor);
    }
}
