package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.ObjectMissingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads the library files that a sync would otherwise believe by their names. */
final class LibraryFiles {
    private final RemoteFiles files;
    private final FileErrorRegistry fileErrors;

    LibraryFiles(RemoteFiles files, FileErrorRegistry troubles) {
        this.files = files;
        this.fileErrors = troubles;
    }

    /**
     * Takes damaged library files out of the listing and quarantines them, unless that would leave none: then somebody may be
     * putting the first one. Those that this sync leaves unread do not count either.
     *
     * @param known libraries that this device has joined, or that devices there belong to: their files are read first
     * @param isDecisive whether the name alone would decide something
     */
    void quarantineDamaged(RemoteListing listing, Set<UUID> known, Predicate<LibraryName> isDecisive) {
        List<LibraryName> all = listing.libraries();
        if (all.size() < 2) {
            return;
        }
        List<LibraryName> unread = all.stream().filter(isDecisive).toList();
        List<LibraryName> read = files.capped(unread, name -> known.contains(name.library()));
        Set<LibraryName> damaged = new HashSet<>(unread);
        read.stream().filter(name -> !isDamaged(name, listing.sizeOf(name))).forEach(damaged::remove);
        if (damaged.size() < all.size()) {
            damaged.forEach(listing::remove);
        }
    }

    private boolean isDamaged(LibraryName name, long size) {
        String file = name.toString();
        try {
            files.read(file, size, JsonFile.MAX_BYTES, content -> LibraryFile.read(name, content));
        } catch (ObjectMissingException e) {
            // Somebody removes it, or the listing lags: the next one shows it.
            return false;
        }
        return fileErrors.isDamaged(file);
    }
}
