package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Stores a decision of the user about a storage. This changes only local state, which is durable. The next handshake
 * acts on it.
 */
final class LibraryChoice {
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final RemoteListing listing;

    LibraryChoice(SqliteDatabase database, RemoteStorage storage, RemoteStateStore remoteState, RemoteListing listing) {
        this.database = database;
        this.storage = storage;
        this.remoteState = remoteState;
        this.listing = listing;
    }

    /**
     * Checks the formats of all listed libraries before anything changes. The handshake checks the format only after
     * this device has left its own library.
     *
     * @throws SyncException if the file of a listed library has a newer format
     */
    void requireKnownFormat() {
        for (UUID library : libraries()) {
            LibraryName name = new LibraryName(library, epochOf(library));
            if (formatOf(name) > LibraryFile.FORMAT) {
                throw new SyncException(Problem.SYNC_LIBRARY_NEWER, storage.description());
            }
        }
    }

    private long formatOf(LibraryName name) {
        try {
            return LibraryFile.read(name, RemoteFiles.get(storage, name.toString(), listing.sizeOf(name)))
                    .format();
        } catch (DamagedFileException | StorageException.ObjectMissingException e) {
            // The handshake repairs the file, or fails to join the library.
            return LibraryFile.FORMAT;
        }
    }

    /** Makes the next handshake create this device's library again, in the epoch after the last one that it knows. */
    void startNewEpoch() {
        UUID own = database.library();
        Set<UUID> listed = libraries();
        if (!listed.isEmpty() && !listed.contains(own)) {
            throw new SyncException(Problem.SYNC_OTHER_LIBRARY, storage.description());
        }
        RemoteStateStore.State state = remoteState.state();
        boolean isBegun = state != null && state.library().equals(own) && !state.uploaded();
        int before = state == null ? 0 : state.epoch();
        if (isBegun && before > epochOf(own)) {
            return;
        }
        remoteState.beginEpoch(own, Math.max(before, epochOf(own)) + 1);
    }

    /**
     * Merges this device's library and all listed ones. The listed library with the smallest id remains, and the others
     * become its aliases. A library that another device records as an alias remains only if all listed libraries are
     * aliases.
     */
    void merge(Collection<DeviceRecord> devices) {
        Set<UUID> listed = libraries();
        if (listed.isEmpty()) {
            throw new SyncException(Problem.SYNC_EMPTIED, storage.description());
        }
        Set<UUID> candidates = new TreeSet<>(listed);
        devices.stream()
                .filter(device -> listed.contains(device.library()))
                .forEach(device -> candidates.removeAll(device.aliases()));
        UUID chosen = (candidates.isEmpty() ? listed : candidates)
                .stream().min(Comparator.comparing(RemoteNames::hex)).orElseThrow();
        Set<UUID> aliases = new TreeSet<>(listed);
        aliases.add(database.library());
        aliases.remove(chosen);
        remoteState.choose(chosen, epochOf(chosen), aliases);
        database.adoptLibrary(chosen);
    }

    /**
     * Makes the next handshake join the library as a new device.
     *
     * @param backup the file to copy the database to first
     */
    void replace(Path backup) {
        if (listing.libraries().isEmpty()) {
            throw new SyncException(Problem.SYNC_EMPTIED, storage.description());
        }
        database.resetToNewLibrary(backup);
    }

    private Set<UUID> libraries() {
        Set<UUID> libraries = new TreeSet<>();
        listing.libraries().forEach(name -> libraries.add(name.library()));
        return libraries;
    }

    private int epochOf(UUID library) {
        return listing.libraries().stream()
                .filter(name -> name.library().equals(library))
                .mapToInt(LibraryName::epoch)
                .max()
                .orElse(0);
    }
}
