package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;

/**
 * The contents of a device's last record. Immutable.
 *
 * @param replica the device's id
 * @param name the device's name
 * @param platform the operating system
 * @param program the program and its version; may be an empty text
 * @param received the changes that the device has applied, including its own
 * @param behind the number of changes known on this replica that the device had not applied when it wrote the record
 * @param lastSeen when the device wrote the record, by its own clock
 * @param status whether other devices wait for it
 */
public record Device(
        ReplicaId replica,
        String name,
        String platform,
        String program,
        VersionVector received,
        long behind,
        Instant lastSeen,
        Status status) {

    /** Whether other devices wait for this device before they garbage-collect. */
    public enum Status {
        /** Other devices wait for it. */
        ACTIVE,
        /** Other devices wait for it, although it has written no record for 90 days. Only a user can retire it. */
        QUIET,
        /** A user has retired it, so other devices do not wait for it. */
        RETIRED
    }
}
