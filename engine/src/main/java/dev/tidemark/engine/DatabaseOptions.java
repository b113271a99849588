package dev.tidemark.engine;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a database is opened. Immutable.
 *
 * @param durability when commits return
 * @param readers how many read-only connections are kept at most, at least 1
 * @param busyTimeout how long a writer waits for a writer in another process
 * @param clockTolerance how far a stamp may lie ahead of {@code clock} before the merge reports its replica
 * @param clock the machine's clock; tests set their own
 * @param deviceName the name a new replica gives itself
 */
public record DatabaseOptions(
        Durability durability,
        int readers,
        Duration busyTimeout,
        Duration clockTolerance,
        InstantSource clock,
        String deviceName) {

    /** Group durability, 4 readers, 30 s, 24 h, the system's clock, no name. */
    public static final DatabaseOptions DEFAULT = new DatabaseOptions(
            Durability.GROUP, 4, Duration.ofSeconds(30), Duration.ofHours(24), InstantSource.system(), "");

    /** @throws IllegalArgumentException if there is no reader or a duration is negative */
    public DatabaseOptions {
        if (readers < 1 || busyTimeout.isNegative() || clockTolerance.isNegative()) {
            throw new IllegalArgumentException("At least one reader, and no negative durations");
        }
    }

    /** These options with another durability. */
    public DatabaseOptions with(Durability other) {
        return new DatabaseOptions(other, readers, busyTimeout, clockTolerance, clock, deviceName);
    }

    /** These options with another clock. */
    public DatabaseOptions with(InstantSource other) {
        return new DatabaseOptions(durability, readers, busyTimeout, clockTolerance, other, deviceName);
    }

    /** These options with another name for a new replica. */
    public DatabaseOptions named(String name) {
        return new DatabaseOptions(durability, readers, busyTimeout, clockTolerance, clock, name);
    }
}
