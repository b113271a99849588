package dev.tidemark.engine;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Generates row ids. They are UUIDs of version 7, so rows made one after another are neighbours in an index.
 * Thread-safe.
 */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private Ids() {}

    /**
     * Returns a new id. It begins with a time in milliseconds and a counter, which together rise with each call in this
     * process. 62 random bits follow.
     */
    public static UUID next() {
        long time = nextTime(System.currentTimeMillis());
        long most = ((time >>> 12) << 16) | 0x7000L | (time & 0xfff);
        return new UUID(most, Long.MIN_VALUE | (RANDOM.nextLong() >>> 2));
    }

    private static synchronized long nextTime(long now) {
        last = Math.max(last + 1, now << 12);
        return last;
    }
}
