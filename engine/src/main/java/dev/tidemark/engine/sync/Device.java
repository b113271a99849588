package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a device's last record; or a device without a record in the storage for which this device waits, of
 * which only the id, the received changes, and perhaps the name are known. Immutable.
 *
 * @param replica the device's id
 * @param name the device's name; its id if the name is not known
 * @param platform the operating system
 * @param program the program and its version; may be an empty text
 * @param received the changes that the device has applied, including its own
 * @param behind the number of changes known on this replica that the device had not applied when it wrote the record
 * @param lastSeen when the device wrote the record, by its own clock; {@code null} if it has none
 * @param status whether other devices wait for it
 */
public record Device(
        ReplicaId replica,
        String name,
        String platform,
        String program,
        VersionVector received,
        long behind,
        @Nullable Instant lastSeen,
        Status status) {

    /** Whether other devices wait for this device before they garbage-collect. */
    public enum Status {
        /** Other devices wait for it. */
        ACTIVE,
        /** Other devices wait for it, although it has written no record for 90 days. Only a user can retire it. */
        QUIET,
        /**
         * This device waits for it, although it has no record in the storage: it used another storage, or was lost
         * before its first sync with this one. Only a user can retire it.
         */
        ABSENT,
        /** A user has retired it, so other devices do not wait for it. */
        RETIRED
    }
}
