package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Map;
import java.util.UUID;

/**
 * What a library takes up in a storage, as one listing shows it. Immutable.
 *
 * @param library the library that this device is a replica of
 * @param epoch that library's epoch there: 1, and one more each time that a person published everything again; 0 if its
 *     file is not there
 * @param kinds what each kind of file takes up; kinds that are not there are left out
 * @param devices what each device's changes and records take up
 */
public record StorageUsage(UUID library, int epoch, Map<Kind, Size> kinds, Map<ReplicaId, Size> devices) {
    /** Copies the maps. */
    public StorageUsage {
        kinds = Map.copyOf(kinds);
        devices = Map.copyOf(devices);
    }

    /** What a file is for. */
    public enum Kind {
        /** Names the library. */
        LIBRARY,
        /** A key of an encrypted library. */
        KEY,
        /** What a device says of itself, and that one is retired. */
        DEVICE,
        /** Changes. */
        CHANGES,
        /** A state of the whole library, in parts. */
        SNAPSHOT,
        /** An attachment. */
        ATTACHMENT,
        /** Not a file of a library: left alone. */
        OTHER
    }

    /**
     * How many files, and their bytes together.
     *
     * @param objects how many
     * @param bytes their lengths together
     */
    public record Size(long objects, long bytes) {
        /** Nothing. */
        public static final Size NONE = new Size(0, 0);

        /** With another one. */
        public Size plus(Size other) {
            return new Size(objects + other.objects, bytes + other.bytes);
        }
    }

    /** Everything together. */
    public Size total() {
        return kinds.values().stream().reduce(Size.NONE, Size::plus);
    }
}
