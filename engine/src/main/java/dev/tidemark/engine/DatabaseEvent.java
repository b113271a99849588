package dev.tidemark.engine;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import java.time.Duration;

/**
 * Something that a person should hear of though nobody asked: no call fails because of it. Immutable.
 *
 * <p>See {@link Database#onEvent}. More kinds may come: a {@code switch} over them needs a default.
 */
public sealed interface DatabaseEvent {
    /** What happened, as a whole sentence in English, for logs. It holds no content of the database. */
    String message();

    /**
     * The clock of a device is ahead of this machine's by more than {@link DatabaseOptions#clockTolerance}, or this
     * machine's is behind. Its changes are merged like any other; until the clock is right, they win over others' that
     * were made at the same time. Known as long as the device's changes claim such times, across openings; told once an
     * opening, and again if the clock is another hour ahead.
     *
     * @param replica the device
     * @param name the name it gave itself; empty if unknown
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
     * Another process with a newer version of the program has migrated the database. This one reads on but writes no
     * more: close it and start the newer program. Told once.
     *
     * @param known how many migrations this program knows
     * @param found how many the database has
     */
    record SchemaNewer(int known, int found) implements DatabaseEvent {
        @Override
        public String message() {
            return "A newer version of the program has changed the database, from step " + known + " of its schema to "
                    + found + "; this one writes no more.";
        }
    }

    /**
     * The disk did not confirm what was written, so it is not known what would survive a power cut. Every commit that
     * waits for the disk throws the same. Told once.
     *
     * @param reason what happened
     */
    record DurabilityUnknown(Durability.UnknownException reason) implements DatabaseEvent {
        @Override
        public String message() {
            return String.valueOf(reason.getMessage());
        }
    }

    /**
     * A sync brought deletes of one device that took away more than half of the rows there were. They were applied; a
     * person can take them back with {@link Database#undo}. Told once, by the process that synced and had the database open;
     * {@link Database#massDeletes} lists it for everybody.
     *
     * @param deletion what was deleted, by whom
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
     * A subscription without a handler of errors of its own had one: in its query, its mapping or its subscriber. The
     * subscription goes on. Told each time.
     *
     * @param sql the query's text
     * @param reason what was thrown
     */
    record SubscriptionFailed(String sql, Throwable reason) implements DatabaseEvent {
        @Override
        public String message() {
            return "A result was not delivered or not taken: " + reason;
        }
    }
}
