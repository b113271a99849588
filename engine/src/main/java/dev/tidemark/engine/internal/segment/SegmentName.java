package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment. It consists of the replica, the range of changes, two hashes, and the number of erased
 * changes. Of two segments with the same changes, the segment with more erased changes replaces the other.
 *
 * @param replica the replica that made the changes
 * @param first the sequence number of the first change
 * @param last the sequence number of the last change
 * @param chain the chain hash at the last change, so that a listing shows whether two segments continue each other
 * @param hash 32 hex digits: the first half of the file's checksum
 * @param erased the number of erased changes. The text of the name leaves out 0
 */
public record SegmentName(ReplicaId replica, long first, long last, ChainHash chain, String hash, long erased) {
    public static final String FOLDER = "v1/log/";

    /** The greatest sequence number. Twelve digits suffice for thirty years of a thousand changes a second. */
    public static final long MAX_SEQUENCE = 999_999_999_999L;

    private static final Pattern FORM =
            Pattern.compile("v1/log/([0-3][0-9a-f]{15})/([0-9]{12})-([0-9]{12})-([0-9a-f]{32})-([0-9a-f]{32})"
                    + "(?:-([1-9][0-9]{0,11}))?\\.seg");

    /** @throws IllegalArgumentException if the range or the number of erased changes is impossible */
    public SegmentName {
        if (first < 1 || last < first || last > MAX_SEQUENCE || erased < 0 || erased > last - first + 1) {
            throw new IllegalArgumentException("There is no range of changes from " + first + " to " + last);
        }
    }

    /** Creates the name of a segment without erased changes. */
    public SegmentName(ReplicaId replica, long first, long last, ChainHash chain, String hash) {
        this(replica, first, last, chain, hash, 0);
    }

    /** Parses a name. Returns empty if the name does not have the form of a segment's name. */
    public static Optional<SegmentName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(2));
        long last = Long.parseLong(matcher.group(3));
        long erased = matcher.group(6) == null ? 0 : Long.parseLong(matcher.group(6));
        if (first < 1 || last < first || erased > last - first + 1) {
            return Optional.empty();
        }
        ChainHash chain = ChainHash.parse(matcher.group(4));
        return Optional.of(
                new SegmentName(ReplicaId.parse(matcher.group(1)), first, last, chain, matcher.group(5), erased));
    }

    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        String suffix = erased == 0 ? "" : "-" + erased;
        return String.format(
                Locale.ROOT, "%s%s/%012d-%012d-%s-%s%s.seg", FOLDER, replica, first, last, chain, hash, suffix);
    }
}
