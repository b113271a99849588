package dev.tidemark.engine;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import java.time.Duration;

/**
 * An event that needs a user's attention although no call fails. Immutable.
 *
 * <p>See {@link Database#onEvent}. More kinds may come: a {@code switch} over them needs a default.
 */
public sealed interface DatabaseEvent {
    /** Returns the event as an English sentence for logs, without content of the database. */
    String message();

    /**
     * The clock of a device is ahead of this machine's by more than {@link DatabaseOptions#clockTolerance}, or this
     * machine's is behind. The device's changes are merged like any other, but win over concurrent changes of others
     * until the clock is right. Delivered once per opening while the device's changes claim such times, and again if
     * the clock gets another hour ahead.
     *
     * @param replica the device
     * @param name the device's name; empty if unknown
     * @param claimedMillis the latest time that it claims, in milliseconds since 1970
     * @param ahead how far its clock was ahead when this was noticed
     */
    record ClockAhead(ReplicaId replica, String name, long claimedMillis, Duration ahead) implements DatabaseEvent {
        @Override
        public String message() {
            return "The clock of the device " + (name.isEmpty() ? replica.toString() : name) + " is " + ahead.toHours()
                    + " hours ahead of this machine's; one of the two should be set right.";
        }
    }

    /**
     * Another process with a newer version of the program has migrated the database. This process can read but no
     * longer write: close it and start the newer program. Delivered once.
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
     * throws the same exception. Delivered once.
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
     * A sync applied deletes of one device, or a snapshot, that removed more than half of the rows. A user can bring
     * them back with {@link Database#undo}. Delivered once, by the process that synced with the database open; {@link
     * Database#massDeletes} lists it in every process.
     *
     * @param deletion the number of rows, and the device
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
     * A subscription without an error handler failed: in its query, its mapping or its subscriber. The subscription
     * continues. Delivered for each failure.
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
