package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The library that one sync works on, and the listing that contained it.
 *
 * @param aliases the ids of other libraries that were merged into this one
 */
record AgreedLibrary(UUID id, int epoch, Set<UUID> aliases, RemoteListing listing) {
    LibraryName name() {
        return new LibraryName(id, epoch);
    }

    boolean includes(UUID library) {
        return id.equals(library) || aliases.contains(library);
    }

    /** Returns the origin of a file with this library and epoch. Epochs of merged libraries do not matter. */
    FileOrigin originOf(UUID library, int fileEpoch) {
        if (!includes(library)) {
            return FileOrigin.OTHER_LIBRARY;
        }
        return id.equals(library) && fileEpoch > epoch ? FileOrigin.LATER_EPOCH : FileOrigin.LIBRARY;
    }

    /** Returns the records of the devices that use this library or a library that was merged into it. */
    List<DeviceRecord> devices(Collection<DeviceRecord> all) {
        return all.stream().filter(device -> includes(device.library())).toList();
    }
}
