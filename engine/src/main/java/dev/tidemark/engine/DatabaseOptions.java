package dev.tidemark.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Options for opening a database. Callers begin with {@link #DEFAULT}; the methods return changed copies. Immutable.
 */
public final class DatabaseOptions {
    /**
     * Group durability, 4 readers, a busy timeout of 30 s, a clock tolerance of 24 h, the system's clock, no device
     * name, no state folders, no copies before migrations.
     */
    public static final DatabaseOptions DEFAULT = new DatabaseOptions(
            Durability.GROUP,
            4,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            InstantSource.system(),
            "",
            List.of(),
            false);

    private final Durability durability;
    private final int readers;
    private final Duration busyTimeout;
    private final Duration clockTolerance;
    private final InstantSource clock;
    private final String deviceName;
    private final List<Path> stateFolders;
    private final boolean copiesBeforeMigrations;

    private DatabaseOptions(
            Durability durability,
            int readers,
            Duration busyTimeout,
            Duration clockTolerance,
            InstantSource clock,
            String deviceName,
            List<Path> stateFolders,
            boolean copiesBeforeMigrations) {
        if (readers < 1 || busyTimeout.isNegative() || clockTolerance.isNegative()) {
            throw new IllegalArgumentException("At least one reader, and no negative durations");
        }
        this.durability = durability;
        this.readers = readers;
        this.busyTimeout = busyTimeout;
        this.clockTolerance = clockTolerance;
        this.clock = clock;
        this.deviceName = deviceName;
        this.stateFolders = List.copyOf(stateFolders);
        this.copiesBeforeMigrations = copiesBeforeMigrations;
    }

    /** These options with another durability. */
    public DatabaseOptions with(Durability other) {
        return new DatabaseOptions(
                other, readers, busyTimeout, clockTolerance, clock, deviceName, stateFolders, copiesBeforeMigrations);
    }

    /** These options with another clock. */
    public DatabaseOptions with(InstantSource other) {
        return new DatabaseOptions(
                durability,
                readers,
                busyTimeout,
                clockTolerance,
                other,
                deviceName,
                stateFolders,
                copiesBeforeMigrations);
    }

    /** These options with another device name for a new replica. */
    public DatabaseOptions named(String name) {
        return new DatabaseOptions(
                durability, readers, busyTimeout, clockTolerance, clock, name, stateFolders, copiesBeforeMigrations);
    }

    /**
     * These options with another number of read-only connections.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public DatabaseOptions withReaders(int most) {
        return new DatabaseOptions(
                durability, most, busyTimeout, clockTolerance, clock, deviceName, stateFolders, copiesBeforeMigrations);
    }

    /**
     * These options with another time to wait for a writer in another process.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DatabaseOptions withBusyTimeout(Duration longest) {
        return new DatabaseOptions(
                durability, readers, longest, clockTolerance, clock, deviceName, stateFolders, copiesBeforeMigrations);
    }

    /**
     * These options with another tolerance for clocks that are ahead.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DatabaseOptions withClockTolerance(Duration ahead) {
        return new DatabaseOptions(
                durability, readers, busyTimeout, ahead, clock, deviceName, stateFolders, copiesBeforeMigrations);
    }

    /**
     * These options with folders in which the engine stores small notes about the file. The folders must be outside of
     * the database's folder. If the file is a copy or a restored backup, the next opening detects this by the notes,
     * and the database continues as a new replica. Without notes, only the next sync detects it. Use two folders: one
     * of the user on this computer, which backups of the database do not contain, and one that the system empties when
     * it starts, such as {@code XDG_RUNTIME_DIR}. All programs that open the file must use the same folders.
     *
     * @param folders the folders. The engine creates missing folders, which only their owner can read
     */
    public DatabaseOptions withStateFolders(List<Path> folders) {
        return new DatabaseOptions(
                durability, readers, busyTimeout, clockTolerance, clock, deviceName, folders, copiesBeforeMigrations);
    }

    /**
     * These options, but an existing database is copied before its schema is migrated. The copy is in the same folder,
     * and its name ends in {@code .before-<time>}. The engine never deletes the copy. If the copy cannot be made, the
     * database is not opened.
     */
    public DatabaseOptions copyingBeforeMigrations() {
        return new DatabaseOptions(
                durability, readers, busyTimeout, clockTolerance, clock, deviceName, stateFolders, true);
    }

    /** The durability of commits. */
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

    /** How far the wall time of a change may be ahead of {@code clock} before the merge reports its replica. */
    public Duration clockTolerance() {
        return clockTolerance;
    }

    /** The clock of this machine. Tests use another clock. */
    public InstantSource clock() {
        return clock;
    }

    /** The device name of a new replica. */
    public String deviceName() {
        return deviceName;
    }

    /** The folders of the engine's notes about the file; empty if there are none. */
    public List<Path> stateFolders() {
        return stateFolders;
    }

    /** Whether an existing database is copied before its schema is migrated. */
    public boolean copiesBeforeMigrations() {
        return copiesBeforeMigrations;
    }
}
