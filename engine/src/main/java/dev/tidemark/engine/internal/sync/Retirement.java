package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that declares a replica unused, and states its last change that counts (docs/correctness.md#r7). Of several
 * retirements of a replica, the one with the greatest last change counts.
 *
 * @param library the library that the retired replica belonged to
 * @param replica the retired replica
 * @param last the sequence number of its last change that counts; 0 if none does
 * @param by the replica that wrote the retirement
 * @param at when the retirement was written, by that replica's clock
 */
record Retirement(UUID library, ReplicaId replica, long last, ReplicaId by, Instant at) {
    private static final Pattern FORM =
            Pattern.compile("v1/retired/([0-3][0-9a-f]{15})/([0-9]{12})-([0-9a-f]{32})\\.json");

    /**
     * The name of a retirement file. The name contains a hash, because two devices may retire the same replica at the
     * same time.
     *
     * @param replica the retired replica
     * @param last the sequence number of its last change that counts
     * @param hash the first half of the SHA-256 of the file, as 32 hex digits
     */
    record Name(ReplicaId replica, long last, String hash) implements Comparable<Name> {
        static Optional<Name> parse(String name) {
            Matcher matcher = FORM.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Name(ReplicaId.parse(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)));
        }

        @Override
        public int compareTo(Name other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s%s/%012d-%s.json", RemoteNames.RETIREMENTS, replica, last, hash);
        }
    }

    byte[] toBytes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", LibraryFile.FORMAT);
        fields.put("library", RemoteNames.hex(library));
        fields.put("replica", replica.toString());
        fields.put("last", last);
        fields.put("by", by.toString());
        fields.put("at", at.toString());
        return (JsonFile.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    Name nameOf(byte[] content) {
        return new Name(replica, last, ContentHash.of(content));
    }

    /**
     * @throws DamagedFileException if the file does not match its name, or is malformed
     * @throws NewerFormatException if a newer version of the program wrote the file
     */
    static Retirement read(Name name, byte[] content) {
        if (!ContentHash.of(content).equals(name.hash())) {
            throw new DamagedFileException(name.toString(), Problem.FILE_CHECKSUM);
        }
        JsonFile json = JsonFile.read(name.toString(), content).ofKnownFormat();
        if (!json.text("replica").equals(name.replica().toString()) || json.number("last") != name.last()) {
            throw new DamagedFileException(name.toString(), Problem.FILE_RENAMED);
        }
        try {
            return new Retirement(
                    json.library("library"),
                    name.replica(),
                    name.last(),
                    ReplicaId.parse(json.text("by")),
                    Instant.parse(json.text("at")));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new DamagedFileException(name.toString(), Problem.FILE_MALFORMED, e);
        }
    }
}
