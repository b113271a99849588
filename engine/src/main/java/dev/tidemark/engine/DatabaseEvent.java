package dev.tidemark.engine;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import java.time.Duration;

/**
 * An event that needs a user's attention although no call fails. Immutable.
 *
 * <p>See {@link Database#onEvent}. Later versions may add kinds, so a {@code switch} over them needs a default.
 */
public sealed interface DatabaseEvent {
    /** Returns the event as an English sentence for logs, without content of the database. */
    String message();

    /**
     * The clock of a device is ahead of this machine's by more than {@link DatabaseOptions#clockTolerance}, or this
     * machine's clock is behind. The device's changes are merged as usual, but win over concurrent changes of other
     * devices until the clock is right. Delivered once per opening while the device's last changes have such wall
     * times, and again if the clock is ahead by another hour.
     *
     * @param replica the device
     * @param name the device's name; empty if unknown
     * @param claimedMillis the latest wall time of the device's changes, in milliseconds since 1970
     * @param ahead how far the device's clock was ahead when the engine noticed it
     */
    record ClockAhead(ReplicaId replica, String name, long claimedMillis, Duration ahead) implements DatabaseEvent {
        @Override
        public String message() {
            return "The clock of the device " + (name.isEmpty() ? replica.toString() : name) + " is " + ahead.toHours()
                    + " hours ahead of this machine's; one of the two should be set right.";
        }
    }

    /**
     * Another process with a newer version of the program has migrated the database. This process can read, but no
     * longer write. Close it and start the newer program. Delivered once.
     *
     * @param known the number of migrations that this program knows
     * @param found the number of migrations that the database has
     */
    record SchemaNewer(int known, int found) implements DatabaseEvent {
        @Override
        public String message() {
            return "A newer version of the program has changed the database, from step " + known + " of its schema to "
                    + found + "; this one writes no more.";
        }
    }

    /**
     * An fsync failed, so it is unknown which commits would survive a power cut. Every commit that waits for the disk
     * also throws such an exception. Delivered once.
     *
     * @param reason the exception
     */
    record DurabilityUnknown(Durability.UnknownException reason) implements DatabaseEvent {
        @Override
        public String message() {
            return String.valueOf(reason.getMessage());
        }
    }

    /**
     * A sync removed more than half of the rows, by deletes of one device or by a snapshot. A user can restore the rows
     * with {@link Database#undo}. Delivered once, in the process that synced. {@link Database#massDeletes} lists the
     * mass delete in every process.
     *
     * @param deletion the mass delete, with the device and the number of rows
     */
    record MassDeleted(MassDelete deletion) implements DatabaseEvent {
        @Override
        public String message() {
            String device = deletion.name().isEmpty() ? deletion.replica().toString() : deletion.name();
            String deleter = deletion.isBySnapshot() ? "A snapshot from the storage" : "The device " + device;
            return deleter + " has deleted " + deletion.rows() + " of " + deletion.before()
                    + " rows; that can be undone.";
        }
    }

    /**
     * The query, the mapping or the subscriber of a subscription without an error handler threw an exception. The
     * subscription continues. Delivered for each exception.
     *
     * @param sql the query's text
     * @param reason the exception
     */
    record SubscriptionFailed(String sql, Throwable reason) implements DatabaseEvent {
        @Override
        public String message() {
            return "A result was not delivered or not taken: " + reason;
        }
    }
}
