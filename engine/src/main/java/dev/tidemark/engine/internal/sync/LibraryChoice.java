package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a person has decided about a remote, written down so that the next handshake acts on it: it only ever changes what
 * this device remembers. If the program dies in between, that handshake is the next sync's.
 */
final class LibraryChoice {
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final RemoteListing listing;

    LibraryChoice(SqliteDatabase database, RemoteStorage storage, RemoteStateStore memory, RemoteListing listing) {
        this.database = database;
        this.storage = storage;
        this.remoteState = memory;
        this.listing = listing;
    }

    /**
     * Refuses what a newer version founded there, before anything is changed: the handshake would, but by then this device would
     * have given up its own for it.
     *
     * @throws SyncException if the file of a library there is of a newer format
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
        } catch (DamagedFileException | ObjectMissingException e) {
            // Then it says nothing: the handshake puts it again, or refuses it if this device is to join by it.
            return LibraryFile.FORMAT;
        }
    }

    /** The next handshake founds this device's library again, in the epoch after the last one there. */
    void startNewEpoch() {
        UUID own = database.library();
        Set<UUID> there = libraries();
        if (!there.isEmpty() && !there.contains(own)) {
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
     * This device's library and all that lie in the storage become one: the one with the smallest id among those there,
     * the others its aliases. Which libraries other devices have called aliases does not matter: they stay that.
     */
    void merge(Collection<DeviceRecord> devices) {
        Set<UUID> there = libraries();
        if (there.isEmpty()) {
            throw new SyncException(Problem.SYNC_EMPTIED, storage.description());
        }
        Set<UUID> candidates = new TreeSet<>(there);
        devices.stream()
                .filter(device -> there.contains(device.library()))
                .forEach(device -> candidates.removeAll(device.aliases()));
        UUID chosen = (candidates.isEmpty() ? there : candidates)
                .stream().min(Comparator.comparing(RemoteNames::hex)).orElseThrow();
        Set<UUID> aliases = new TreeSet<>(there);
        aliases.add(database.library());
        aliases.remove(chosen);
        remoteState.choose(chosen, epochOf(chosen), aliases);
        database.adoptLibrary(chosen);
    }

    /**
     * The next handshake is that of a new device.
     *
     * @param backup where the database is copied to first
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
