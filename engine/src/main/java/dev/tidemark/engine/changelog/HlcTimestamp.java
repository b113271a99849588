package dev.tidemark.engine.changelog;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A hybrid logical clock value with the replica that wrote it. Timestamps are totally ordered, and a change's timestamp
 * is later than those of all changes that its writer had seen.
 *
 * <p>The clock value is 48 bits of milliseconds since 1970 followed by a 12-bit counter that carries into the
 * milliseconds (Kulkarni et al., <i>Logical Physical Clocks</i>, 2014). With the replica id it forms a valid UUIDv7.
 * Timestamps order changes but are never shown to users, who see {@link Change#wallMillis}. Immutable.
 *
 * @param time milliseconds × 4096 + counter, at most 2<sup>59</sup> − 1 (that is, milliseconds below 2<sup>47</sup>)
 * @param replica the replica that wrote the change; its id decides between equal times
 */
public record HlcTimestamp(long time, ReplicaId replica) implements Comparable<HlcTimestamp> {
    /** The number of bits of the counter below the milliseconds. */
    public static final int COUNTER_BITS = 12;

    /**
     * The first clock value of a user's write, in the year 2004. Changes of migrations have lower values
     * (docs/correctness.md#r11). They lose against every user's write and take no part in conflicts.
     */
    public static final long FIRST_USER_TIME = 1L << 52;

    private static final Duration MAX_CLOCK_AHEAD = Duration.ofDays(365);

    private static final int STEP_SHIFT = 32;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long LIMIT = 1L << (47 + COUNTER_BITS);

    /** @throws IllegalArgumentException if the time is negative or its milliseconds reach 2<sup>47</sup> */
    public HlcTimestamp {
        if (!isWellFormed(time)) {
            throw new IllegalArgumentException("A stamp's milliseconds have 47 bits, but got time " + time);
        }
    }

    /**
     * Returns the clock value of a migration's change. It is greater for later steps, but lower than those of users'
     * changes.
     *
     * @param step the step's number, from 1
     * @param sequence the change's sequence number, which makes the timestamps of one replica differ
     * @throws IllegalArgumentException if the step is not between 1 and 2<sup>20</sup> − 1
     */
    public static long forMigration(int step, long sequence) {
        long time = ((long) step << STEP_SHIFT) | (sequence & ((1L << STEP_SHIFT) - 1));
        if (step < 1 || time >= FIRST_USER_TIME) {
            throw new IllegalArgumentException("A schema has 1 to 2^20 - 1 steps, but got " + step);
        }
        return time;
    }

    /** Whether the clock value belongs to a migration's change. */
    public static boolean isFromMigration(long time) {
        return time < FIRST_USER_TIME;
    }

    /**
     * Returns the greatest clock value accepted from a file of a storage: a year ahead of this machine's clock. A
     * greater value would permanently move the clocks of all devices ahead.
     */
    public static long maxAcceptedTime(Instant now) {
        return now.plus(MAX_CLOCK_AHEAD).toEpochMilli() << COUNTER_BITS;
    }

    /** Whether a clock value is in the range of timestamps. */
    public static boolean isWellFormed(long time) {
        return time >= 0 && time < LIMIT;
    }

    /** The clock's milliseconds since 1970. They may be ahead of every real clock. */
    public long millis() {
        return time >>> COUNTER_BITS;
    }

    /** Returns the change id, a UUID of version 7 and variant 2 that sorts like the timestamp. */
    public UUID toUuid() {
        long most = (millis() << 16) | 0x7000L | (time & COUNTER_MASK);
        return new UUID(most, Long.MIN_VALUE | replica.value());
    }

    /**
     * Returns the timestamp of an id from {@link #toUuid}.
     *
     * @throws IllegalArgumentException if the id is not a version 7 UUID in the range of timestamps
     */
    public static HlcTimestamp fromUuid(UUID id) {
        if (id.version() != 7 || id.variant() != 2) {
            throw new IllegalArgumentException("Not a version 7 UUID: " + id);
        }
        long most = id.getMostSignificantBits();
        long time = ((most >>> 16) << COUNTER_BITS) | (most & COUNTER_MASK);
        return new HlcTimestamp(time, new ReplicaId(id.getLeastSignificantBits() & ((1L << 62) - 1)));
    }

    @Override
    public int compareTo(HlcTimestamp other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : replica.compareTo(other.replica);
    }

    @Override
    public String toString() {
        return toUuid().toString();
    }
}
