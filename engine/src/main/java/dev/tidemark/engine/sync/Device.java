package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;

/**
 * What another device last said of itself. Immutable.
 *
 * @param replica its id
 * @param name what it is called
 * @param platform the system that it runs on
 * @param program the program and version that it runs; may be empty
 * @param received what it has applied, its own changes included
 * @param lastSeen when it said so, by its own clock
 */
public record Device(
        ReplicaId replica, String name, String platform, String program, VersionVector received, Instant lastSeen) {}
