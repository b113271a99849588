package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The state that a replica uploads as a device record for the other replicas.
 *
 * @param replica the replica
 * @param library the library that it is a replica of
 * @param epoch that library's epoch
 * @param aliases other libraries that became part of this one
 * @param name the device's name
 * @param platform the operating system
 * @param program the program and its version
 * @param vector the changes that the replica has applied. For its own changes, the last sequence number that it has
 *     allocated, even if that change is not uploaded yet (docs/correctness.md#r3)
 * @param chains the chain hashes at the heads of the vector, except the replica's own
 * @param acknowledged changes that every later change of the replica has seen, see {@link Changelog.Acknowledgement}
 * @param knows active replicas that it learned of after a garbage collection, each with the greatest clock value of a
 *     delete that it collected without waiting for that replica
 * @param damaged the names of missing or unusable files. A device that has their content uploads them again.
 * @param nonce random, so that two clones of one database never write the same record
 * @param written when the record was written
 */
record DeviceRecord(
        ReplicaId replica,
        UUID library,
        int epoch,
        List<UUID> aliases,
        String name,
        String platform,
        String program,
        VersionVector vector,
        Map<ReplicaId, ChainHash> chains,
        VersionVector acknowledged,
        VersionVector knows,
        List<String> damaged,
        String nonce,
        Instant written) {
    /**
     * The maximal length of a name in characters. It is checked here, too, because anyone with write access to the
     * storage can write a record.
     */
    private static final int MAX_NAME_LENGTH = 100;

    /** Returns all fields except the time and the nonce. */
    Map<String, Object> content() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", LibraryFile.FORMAT);
        fields.put("library", RemoteNames.hex(library));
        fields.put("epoch", epoch);
        fields.put("aliases", aliases.stream().map(RemoteNames::hex).sorted().toList());
        fields.put("replica", replica.toString());
        fields.put("name", name);
        fields.put("platform", platform);
        fields.put("program", program);
        fields.put("vector", heads(vector));
        fields.put("chains", JsonFile.ofChains(chains));
        fields.put("acknowledged", heads(acknowledged));
        fields.put("allocated", vector.get(replica));
        if (!knows.isEmpty()) {
            fields.put("knows", heads(knows));
        }
        if (!damaged.isEmpty()) {
            fields.put("damaged", damaged);
        }
        return fields;
    }

    /**
     * Returns the fields whose change requires a new record. These exclude the number of own changes, which the
     * segments show as well. A push alone thus writes no record.
     */
    Map<String, Object> comparedFields() {
        Map<String, Object> fields = content();
        fields.put("vector", heads(vector.with(replica, 0)));
        fields.remove("allocated");
        return fields;
    }

    private static Map<String, Object> heads(VersionVector vector) {
        Map<String, Object> heads = new LinkedHashMap<>();
        vector.heads().forEach((device, head) -> heads.put(device.toString(), head));
        return heads;
    }

    /** Returns the acknowledgement in the form that the changelog stores. */
    Changelog.Acknowledgement acknowledgement() {
        return new Changelog.Acknowledgement(replica, acknowledged, vector.get(replica));
    }

    byte[] toBytes() {
        Map<String, Object> fields = content();
        fields.put("nonce", nonce);
        fields.put("written", written.toString());
        return (JsonFile.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static RecordName nameOf(ReplicaId replica, long number, byte[] content) {
        return new RecordName(replica, number, ContentHash.of(content));
    }

    /**
     * @throws DamagedFileException if the file does not match its name, or is malformed
     * @throws NewerFormatException if a newer version of the program wrote the file
     */
    static DeviceRecord read(RecordName name, byte[] content) {
        if (!ContentHash.of(content).equals(name.hash())) {
            throw new DamagedFileException(name.toString(), Problem.FILE_CHECKSUM);
        }
        JsonFile json = JsonFile.read(name.toString(), content).ofKnownFormat();
        if (!json.text("replica").equals(name.replica().toString())) {
            throw new DamagedFileException(name.toString(), Problem.FILE_RENAMED);
        }
        try {
            return new DeviceRecord(
                    name.replica(),
                    json.library("library"),
                    Math.toIntExact(json.number("epoch")),
                    json.libraries("aliases"),
                    ErrorText.sanitize(json.text("name"), MAX_NAME_LENGTH),
                    ErrorText.sanitize(json.text("platform"), MAX_NAME_LENGTH),
                    ErrorText.sanitize(json.text("program"), MAX_NAME_LENGTH),
                    json.vector("vector").with(name.replica(), json.number("allocated")),
                    json.chains("chains"),
                    json.vector("acknowledged"),
                    json.has("knows") ? json.vector("knows") : VersionVector.EMPTY,
                    json.texts("damaged"),
                    json.text("nonce"),
                    Instant.parse(json.text("written")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamagedFileException(name.toString(), Problem.FILE_MALFORMED, e);
        }
    }
}
