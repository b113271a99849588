package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;

/**
 * What a device last said of itself. Immutable.
 *
 * @param replica its id
 * @param name what it is called
 * @param platform the system that it runs on
 * @param program the program and version that it runs; may be empty
 * @param received what it has applied, its own changes included
 * @param behind how many changes that are known here it had not applied then
 * @param lastSeen when it said so, by its own clock
 * @param status whether others wait for it
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

    /** Whether others wait for a device before they forget something. */
    public enum Status {
        /** They do. */
        ACTIVE,
        /** They do, and it has given no sign of life for 90 days: a person may want to retire it. Time alone does not. */
        QUIET,
        /** A person has said that it is not used any more; they do not wait for it. */
        RETIRED
    }
}
