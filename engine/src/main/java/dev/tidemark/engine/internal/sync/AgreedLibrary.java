package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The library that one sync works on, and the listing that shows it.
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

    /** Whether a file of this library id and epoch belongs to the library. Files of later epochs do not; an alias has its own. */
    boolean accepts(UUID library, int fileEpoch) {
        return aliases.contains(library) || (id.equals(library) && fileEpoch <= epoch);
    }

    /** The records of devices of this library. */
    List<DeviceRecord> devices(Collection<DeviceRecord> all) {
        return all.stream().filter(device -> includes(device.library())).toList();
    }
}
