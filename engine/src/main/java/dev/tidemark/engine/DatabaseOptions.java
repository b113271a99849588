package dev.tidemark.engine;

import java.time.Duration;
import java.time.InstantSource;

/** Options for opening a database: {@link #DEFAULT}, changed by methods that return a copy. Immutable. */
public final class DatabaseOptions {
    /** Group durability, 4 readers, 30 s, 24 h, the system's clock, no name. */
    public static final DatabaseOptions DEFAULT = new DatabaseOptions(
            Durability.GROUP, 4, Duration.ofSeconds(30), Duration.ofHours(24), InstantSource.system(), "");

    private final Durability durability;
    private final int readers;
    private final Duration busyTimeout;
    private final Duration clockTolerance;
    private final InstantSource clock;
    private final String deviceName;

    private DatabaseOptions(
            Durability durability,
            int readers,
            Duration busyTimeout,
            Duration clockTolerance,
            InstantSource clock,
            String deviceName) {
        if (readers < 1 || busyTimeout.isNegative() || clockTolerance.isNegative()) {
            throw new IllegalArgumentException("At least one reader, and no negative durations");
        }
        this.durability = durability;
        this.readers = readers;
        this.busyTimeout = busyTimeout;
        this.clockTolerance = clockTolerance;
        this.clock = clock;
        this.deviceName = deviceName;
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

    /**
     * These options with another number of read-only connections.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public DatabaseOptions withReaders(int most) {
        return new DatabaseOptions(durability, most, busyTimeout, clockTolerance, clock, deviceName);
    }

    /**
     * These options with another time to wait for a writer in another process.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DatabaseOptions withBusyTimeout(Duration longest) {
        return new DatabaseOptions(durability, readers, longest, clockTolerance, clock, deviceName);
    }

    /**
     * These options with another tolerance for clocks that are ahead.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DatabaseOptions withClockTolerance(Duration ahead) {
        return new DatabaseOptions(durability, readers, busyTimeout, ahead, clock, deviceName);
    }

    /** When commits return. */
    public Durability durability() {
        return durability;
    }

    /** The maximum number of open read-only connections, at least 1. */
    public int readers() {
        return readers;
    }

    /** How long a writer waits for a writer in another process. */
    public Duration busyTimeout() {
        return busyTimeout;
    }

    /** How far a timestamp may be ahead of {@code clock} before the merge reports its replica. */
    public Duration clockTolerance() {
        return clockTolerance;
    }

    /** The machine's clock; tests set their own. */
    public InstantSource clock() {
        return clock;
    }

    /** The device name of a new replica. */
    public String deviceName() {
        return deviceName;
    }
}
