package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a part of a snapshot.
 *
 * @param clock the greatest clock value that the replica had seen when it made the snapshot
 * @param replica the replica that made the snapshot
 * @param number the part's number within the snapshot, from 0
 * @param hash 32 hex digits: the first half of the file's checksum
 */
public record PartName(long clock, ReplicaId replica, int number, String hash) {
    /**
     * The folder of all parts. A sync does not list it, because its name sorts before the blobs, and a sync lists only
     * names after the blobs.
     */
    public static final String FOLDER = "v1/base/";

    private static final Pattern FORM =
            Pattern.compile("v1/base/(0[0-7][0-9a-f]{14})-([0-3][0-9a-f]{15})/([0-9]{6})-([0-9a-f]{32})\\.rows");

    /** Parses a name. Returns empty if the name does not have the form of a part's name. */
    public static Optional<PartName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PartName(
                Long.parseLong(matcher.group(1), 16),
                ReplicaId.parse(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4)));
    }

    /** Returns the folder of the parts of one snapshot. */
    public static String folder(long clock, ReplicaId replica) {
        return String.format(Locale.ROOT, "%s%016x-%s/", FOLDER, clock, replica);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s%06d-%s.rows", folder(clock, replica), number, hash);
    }
}
