package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.StorageException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Verifies library files on whose names alone the handshake would otherwise act, such as one of a later epoch. */
final class LibraryFiles {
    private final RemoteFiles files;
    private final FileErrorRegistry fileErrors;

    LibraryFiles(RemoteFiles files, FileErrorRegistry fileErrors) {
        this.files = files;
        this.fileErrors = fileErrors;
    }

    /**
     * Removes damaged and unread library files from the listing, unless none would remain. In that case another device
     * may be uploading the first library file.
     *
     * @param known libraries that this device or a listed device belongs to. Their files are read first.
     * @param isDecisive whether the handshake would act on the name of a library file alone
     */
    void quarantineDamaged(RemoteListing listing, Set<UUID> known, Predicate<LibraryName> isDecisive) {
        List<LibraryName> all = listing.libraries();
        if (all.size() < 2) {
            return;
        }
        List<LibraryName> unread = all.stream().filter(isDecisive).toList();
        List<LibraryName> read = files.limited(unread, name -> known.contains(name.library()));
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
        } catch (StorageException.ObjectMissingException e) {
            // The file was just removed, or the listing lags. The next listing shows which.
            return false;
        }
        return fileErrors.isDamaged(file);
    }
}
