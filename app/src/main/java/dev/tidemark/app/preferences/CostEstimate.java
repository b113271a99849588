package dev.tidemark.app.preferences;

import java.time.Duration;

/**
 * What a month of sync with a bucket asks of it, for one device that is used two hours a day. Prices are Amazon's list prices
 * for its usual storage in its cheapest regions: 0.005 USD for 1,000 requests that write or list, 0.0004 USD for 1,000 that read.
 *
 * @param requests how many requests
 * @param dollars what they cost
 */
record CostEstimate(long requests, double dollars) {
    private static final int DAYS = 30;
    private static final double WRITE_PRICE = 0.005 / 1_000;
    private static final double READ_PRICE = 0.0004 / 1_000;
    private static final Duration USED = Duration.ofHours(2);
    private static final Duration QUIET = Duration.ofHours(22);

    /** While nothing happens, the time between two syncs grows to this many intervals. */
    private static final int QUIET_FACTOR = 10;

    /** Each is a listing and a segment. */
    private static final int CHANGES_A_DAY = 30;

    /** A record of the device, and clearing up. */
    private static final int UPKEEP_A_DAY = 6;

    /** @param interval how long after a sync the next one comes by itself */
    static CostEstimate of(Duration interval) {
        double looks = (double) USED.toMillis() / interval.toMillis()
                + (double) QUIET.toMillis()
                        / interval.multipliedBy(QUIET_FACTOR).toMillis();
        double writes = DAYS * (looks + 2 * CHANGES_A_DAY + UPKEEP_A_DAY);
        double reads = DAYS * (double) CHANGES_A_DAY;
        return new CostEstimate(Math.round(writes + reads), writes * WRITE_PRICE + reads * READ_PRICE);
    }
}
