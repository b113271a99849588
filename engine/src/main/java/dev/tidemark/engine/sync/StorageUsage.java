package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Map;
import java.util.UUID;

/**
 * The space that a library takes in a storage. Immutable.
 *
 * @param library the library that this device is a replica of
 * @param epoch that library's epoch in the storage. It begins at 1 and grows by 1 each time that a user uploads
 *     everything afresh. It is 0 if the library file is missing.
 * @param kinds the space of each kind of file. Kinds without files are omitted.
 * @param devices the space of each device's changes and records
 */
public record StorageUsage(UUID library, int epoch, Map<Kind, Size> kinds, Map<ReplicaId, Size> devices) {
    /** Copies the maps. */
    public StorageUsage {
        kinds = Map.copyOf(kinds);
        devices = Map.copyOf(devices);
    }

    /** The kinds of files. */
    public enum Kind {
        /** The library file. */
        LIBRARY,
        /** A key file of an encrypted library. */
        KEY,
        /** Device records and retirements. */
        DEVICE,
        /** Segments. */
        CHANGES,
        /** Snapshots. */
        SNAPSHOT,
        /** Attachments. */
        ATTACHMENT,
        /** A file that does not belong to a library, and is never changed. */
        OTHER
    }

    /**
     * A number of files and their size.
     *
     * @param objects the number of files
     * @param bytes the sum of their lengths in bytes
     */
    public record Size(long objects, long bytes) {
        /** The size of no files. */
        public static final Size NONE = new Size(0, 0);

        /** Returns the sum of this and another size. */
        public Size plus(Size other) {
            return new Size(objects + other.objects, bytes + other.bytes);
        }
    }

    /** Returns the sum of all kinds. */
    public Size total() {
        return kinds.values().stream().reduce(Size.NONE, Size::plus);
    }
}
