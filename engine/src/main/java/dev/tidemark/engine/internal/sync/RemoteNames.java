package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and writes the names of a library's objects, except segments. The names are comparable, so that hash maps stay
 * fast even if an attacker chooses names with equal hash codes.
 */
final class RemoteNames {
    /** The prefix of all names of this format version. */
    static final String ROOT = "v1/";

    /** The folder of blobs. A blob's name is its id. */
    static final String BLOBS = "v1/blobs/";

    /** The folder of library files. */
    static final String LIBRARIES = "v1/library/";

    /** The folder of device records, with one folder per device. */
    static final String DEVICES = "v1/devices/";

    /** The folder of snapshot manifests. */
    static final String SNAPSHOTS = "v1/snapshots/";

    /** The folder of retirements, with one folder per replica. */
    static final String RETIREMENTS = "v1/retired/";

    /** Syncs list only names that sort after this one. The names of snapshot parts and blobs sort before it. */
    static final String AFTER_BLOBS = "v1/blobs0";

    private static final Pattern LIBRARY = Pattern.compile("v1/library/([0-9a-f]{32})-([0-9]{8})\\.json");
    private static final Pattern DEVICE =
            Pattern.compile("v1/devices/([0-3][0-9a-f]{15})/([0-9]{12})-([0-9a-f]{32})\\.json");
    private static final Pattern SNAPSHOT =
            Pattern.compile("v1/snapshots/(0[0-7][0-9a-f]{14})-([0-3][0-9a-f]{15})-([0-9a-f]{32})\\.json");
    private static final Pattern BLOB = Pattern.compile("v1/blobs/([0-9a-f]{64})");
    private static final Pattern LIBRARY_ID = Pattern.compile("[0-9a-f]{32}");

    private RemoteNames() {}

    /**
     * The name of a library file.
     *
     * @param library the library's id
     * @param epoch the number of times that the user has uploaded the library afresh
     */
    record LibraryName(UUID library, int epoch) implements Comparable<LibraryName> {
        static Optional<LibraryName> parse(String name) {
            Matcher matcher = LIBRARY.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return parseLibrary(matcher.group(1))
                    .map(library -> new LibraryName(library, Integer.parseInt(matcher.group(2))));
        }

        @Override
        public int compareTo(LibraryName other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%slibrary/%s-%08d.json", ROOT, hex(library), epoch);
        }
    }

    /**
     * The name of a device record.
     *
     * @param replica the device
     * @param number counts the device's records from 1
     * @param hash the first half of the SHA-256 of the file, as 32 hex digits
     */
    record RecordName(ReplicaId replica, long number, String hash) implements Comparable<RecordName> {
        static Optional<RecordName> parse(String name) {
            Matcher matcher = DEVICE.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Optional.of(new RecordName(
                    ReplicaId.parse(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)));
        }

        @Override
        public int compareTo(RecordName other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s%s/%012d-%s.json", DEVICES, replica, number, hash);
        }
    }

    /** The prefix of the names of a device's records. */
    static String recordsOf(ReplicaId replica) {
        return DEVICES + replica + "/";
    }

    /** Returns a name that sorts before the device's records from this number on, but after its earlier records. */
    static String recordsBefore(ReplicaId replica, long number) {
        return String.format(Locale.ROOT, "%s%012d", recordsOf(replica), Math.max(0, number));
    }

    /**
     * The name of a snapshot's manifest, which is uploaded after all parts.
     *
     * @param clock the greatest clock value that the replica had seen when it made the snapshot
     * @param replica the replica that made the snapshot
     * @param hash the first half of the SHA-256 of the file, as 32 hex digits
     */
    record SnapshotName(long clock, ReplicaId replica, String hash) implements Comparable<SnapshotName> {
        static Optional<SnapshotName> parse(String name) {
            Matcher matcher = SNAPSHOT.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Optional.of(new SnapshotName(
                    Long.parseLong(matcher.group(1), 16), ReplicaId.parse(matcher.group(2)), matcher.group(3)));
        }

        @Override
        public int compareTo(SnapshotName other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s%016x-%s-%s.json", SNAPSHOTS, clock, replica, hash);
        }
    }

    /** Returns the name of a blob in the storage. */
    static String blob(BlobId id) {
        return BLOBS + id.hex();
    }

    /** Returns the blob that has this name; empty if this is not the name of a blob. */
    static Optional<BlobId> parseBlob(String name) {
        Matcher matcher = BLOB.matcher(name);
        return matcher.matches() ? Optional.of(new BlobId(matcher.group(1))) : Optional.empty();
    }

    /**
     * Returns a library's id in the form that names and files use: 32 hex digits. This text also defines the order of
     * libraries.
     */
    static String hex(UUID library) {
        return library.toString().replace("-", "");
    }

    static Optional<UUID> parseLibrary(String hex) {
        if (!LIBRARY_ID.matcher(hex).matches()) {
            return Optional.empty();
        }
        return Optional.of(new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16)));
    }
}
