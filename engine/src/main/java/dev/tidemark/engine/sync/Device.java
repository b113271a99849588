package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;

/**
 * The contents of a device's last record. Immutable.
 *
 * @param replica its id
 * @param name its name
 * @param platform the system that it runs on
 * @param program the program and version that it runs; may be empty
 * @param received the changes it has applied, including its own
 * @param behind the number of changes known on this replica that the device had not applied when it wrote the record
 * @param lastSeen when it wrote the record, by its own clock
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

    /** Whether other devices wait for a device before they garbage-collect. */
    public enum Status {
        /** They wait for it. */
        ACTIVE,
        /** They wait for it, but it has written no record for 90 days. Only a user can retire it. */
        QUIET,
        /** A user has retired it; they do not wait for it. */
        RETIRED
    }
}
