package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The manifest of a snapshot in a storage. It is uploaded after all parts have been uploaded and read back.
 *
 * @param owner the library, epoch, clock value and replica that the parts belong to
 * @param vector the changes that the snapshot covers
 * @param chains the chain hashes at the heads of the vector
 * @param parts the snapshot's parts in order
 * @param written when the manifest was written
 */
record SnapshotManifest(
        PartFile.Owner owner,
        VersionVector vector,
        Map<ReplicaId, ChainHash> chains,
        List<Part> parts,
        Instant written) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

    /**
     * A part of the snapshot.
     *
     * @param name the part's name
     * @param size the part's length in bytes
     */
    record Part(PartName name, long size) {}

    SnapshotManifest {
        chains = Map.copyOf(chains);
        parts = List.copyOf(parts);
    }

    /** Returns the total length of the parts in bytes. */
    long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    byte[] toBytes() {
        Map<String, Object> heads = new LinkedHashMap<>();
        vector.heads().forEach((replica, head) -> heads.put(replica.toString(), head));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", LibraryFile.FORMAT);
        fields.put("library", RemoteNames.hex(owner.library()));
        fields.put("epoch", owner.epoch());
        fields.put("replica", owner.replica().toString());
        fields.put("clock", owner.clock());
        fields.put("vector", heads);
        fields.put("chains", JsonFile.ofChains(chains));
        fields.put("parts", parts.stream().map(part -> part.name().hash()).toList());
        fields.put("sizes", parts.stream().map(Part::size).toList());
        fields.put("written", written.toString());
        return (JsonFile.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static SnapshotName nameOf(PartFile.Owner owner, byte[] content) {
        return new SnapshotName(owner.clock(), owner.replica(), ContentHash.of(content));
    }

    /**
     * @throws DamagedFileException if the file does not match its name, or is malformed
     * @throws NewerFormatException if a newer version of the program wrote the file
     */
    static SnapshotManifest read(SnapshotName name, byte[] content) {
        String file = name.toString();
        if (!ContentHash.of(content).equals(name.hash())) {
            throw new DamagedFileException(file, Problem.FILE_CHECKSUM);
        }
        JsonFile json = JsonFile.read(file, content).ofKnownFormat();
        try {
            PartFile.Owner owner = new PartFile.Owner(
                    json.library("library"),
                    Math.toIntExact(json.number("epoch")),
                    json.number("clock"),
                    ReplicaId.parse(json.text("replica")));
            if (owner.clock() != name.clock() || !owner.replica().equals(name.replica())) {
                throw new DamagedFileException(file, Problem.FILE_RENAMED);
            }
            VersionVector vector = json.vector("vector");
            List<String> hashes = json.texts("parts");
            List<Long> sizes = json.numberList("sizes");
            boolean areHashes =
                    hashes.stream().allMatch(hash -> HASH.matcher(hash).matches());
            boolean areSizes = sizes.stream().allMatch(size -> size > 0 && size <= PartFile.MAX_BYTES);
            if (hashes.size() != sizes.size() || !areHashes || !areSizes || !HlcTimestamp.isWellFormed(owner.clock())) {
                throw new DamagedFileException(file, Problem.FILE_MALFORMED);
            }
            List<Part> parts = new ArrayList<>();
            for (int number = 0; number < hashes.size(); number++) {
                PartName part = new PartName(owner.clock(), owner.replica(), number, hashes.get(number));
                parts.add(new Part(part, sizes.get(number)));
            }
            return new SnapshotManifest(
                    owner, vector, json.chains("chains"), parts, Instant.parse(json.text("written")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        }
    }
}
