package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides, before a sync transfers changes, which library of the storage this device syncs with
 * (docs/correctness.md#r8). If only the user can decide, it throws a {@link SyncException} and has changed nothing.
 */
final class Handshake {
    private static final Comparator<UUID> BY_ID = Comparator.comparing(RemoteNames::hex);

    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final EncryptionGate gate;
    private final RemoteStateStore remoteState;
    private final RemoteListing listing;
    private final LibraryFiles files;
    private final Collection<DeviceRecord> devices;
    private final Consumer<LibraryName> beforeEpoch;

    /**
     * The agreed library.
     *
     * @param library the library
     * @param epoch the library's epoch
     * @param created whether the library file was just written. The storage must be listed again then.
     */
    record Agreed(UUID library, int epoch, boolean created) {}

    /**
     * @param devices the records of other devices in the storage, whatever their library
     * @param beforeEpoch called before the library is created again in a later epoch
     */
    Handshake(
            SyncContext context,
            RemoteListing listing,
            Collection<DeviceRecord> devices,
            Consumer<LibraryName> beforeEpoch) {
        this.beforeEpoch = beforeEpoch;
        this.database = context.database();
        this.storage = context.storage();
        this.gate = context.gate();
        this.remoteState = context.remoteState();
        this.listing = listing;
        this.files = new LibraryFiles(context.files(), context.fileErrors());
        this.devices = devices;
    }

    Agreed agree() {
        RemoteStateStore.State state = settle(remoteState.state());
        requireStillEncrypted(state);
        Set<UUID> known = devices.stream().map(DeviceRecord::library).collect(Collectors.toCollection(HashSet::new));
        if (state != null) {
            known.add(state.library());
        }
        files.quarantineDamaged(listing, known, name -> isActionable(name, state));
        return state == null ? connectFirst() : reconnect(state);
    }

    /**
     * Returns whether the handshake would act on the name of a library file alone, because it has a later epoch or an
     * unknown library.
     */
    private boolean isActionable(LibraryName name, RemoteStateStore.@Nullable State state) {
        if (state != null && name.library().equals(state.library())) {
            return name.epoch() > state.epoch();
        }
        return !remoteState.aliases().contains(name.library());
    }

    /** Fails if the joined library is listed as not encrypted. */
    private void requireStillEncrypted(RemoteStateStore.@Nullable State state) {
        if (state != null
                && gate.isPinned()
                && listing.plainLibraries().contains(new LibraryName(state.library(), state.epoch()))) {
            throw gate.notEncrypted();
        }
    }

    /**
     * Makes the libraries of the database and of the stored state equal. They differ after this device has joined a
     * library in another storage, and after a crash between two steps.
     */
    private RemoteStateStore.@Nullable State settle(RemoteStateStore.@Nullable State state) {
        UUID library = database.library();
        if (state == null || state.library().equals(library)) {
            return state;
        }
        if (remoteState.aliases().contains(state.library())) {
            remoteState.switchToLibrary(library, state.epoch(), state.library());
        } else {
            database.adoptLibrary(state.library());
        }
        return remoteState.state();
    }

    private Agreed connectFirst() {
        UUID own = database.library();
        Set<UUID> stored = libraries();
        if (stored.isEmpty()) {
            if (!listing.plainLibraries().isEmpty()) {
                throw gate.notEncrypted();
            }
            if (listing.hasReplicaData() || !gate.plaintextFiles().isEmpty()) {
                throw new SyncException(Problem.SYNC_LIBRARY_UNNAMED, storage.description());
            }
            return createLibrary(own);
        }
        if (!stored.contains(own)) {
            if (remoteState.hasJoinedAnyStorage()) {
                throw anotherLibrary();
            }
            if (stored.size() > 1) {
                requireAllKeys(stored);
            }
            stored.removeAll(claimedAliases());
            UUID smallest = stored.stream().min(BY_ID).orElseThrow(this::anotherLibrary);
            int epoch = check(smallest);
            remoteState.join(smallest, epoch, false);
            database.adoptLibrary(smallest);
            return new Agreed(smallest, epoch, false);
        }
        int epoch = check(own);
        remoteState.join(own, epoch, false);
        return resolveConcurrentCreation(own, epoch, false);
    }

    private Agreed reconnect(RemoteStateStore.State state) {
        UUID own = state.library();
        Set<UUID> stored = libraries();
        if (stored.isEmpty()) {
            if (!listing.plainLibraries().isEmpty() && state.uploaded()) {
                throw gate.notEncrypted();
            }
            return state.uploaded() && !listing.hasReplicaData() ? emptied(state) : createLibrary(own);
        }
        if (!stored.contains(own)) {
            for (DeviceRecord device : devices) {
                if (device.aliases().contains(own) && stored.contains(device.library())) {
                    return switchToLibrary(device.library(), own);
                }
            }
            if (!state.uploaded()) {
                // The upload of this device's library file failed or seemed to fail. Meanwhile, another device created
                // a library.
                return switchToLibrary(stored.stream().min(BY_ID).orElseThrow(), own);
            }
            requireLibraryFileMissing(state);
            throw anotherLibrary();
        }
        int epoch = epoch(own);
        if (epoch > state.epoch()) {
            throw new SyncException(Problem.SYNC_PUBLISHED_ANEW, storage.description());
        }
        if (epoch < state.epoch()) {
            return state.uploaded() ? rolledBack(state) : createLibrary(own);
        }
        LibraryName name = new LibraryName(own, epoch);
        if ((state.created() && !state.uploaded()) || isDamaged(name)) {
            // A failed upload may have left a truncated file.
            putLibraryFile(name);
        }
        return resolveConcurrentCreation(own, epoch, state.created());
    }

    /** Reports an emptied storage. Missing files never delete local data. */
    private Agreed emptied(RemoteStateStore.State state) {
        requireLibraryFileMissing(state);
        throw new SyncException(Problem.SYNC_EMPTIED, storage.description());
    }

    /** Reports that the storage was restored to a state before the current epoch. */
    private Agreed rolledBack(RemoteStateStore.State state) {
        requireLibraryFileMissing(state);
        throw new SyncException(Problem.SYNC_PUT_BACK, storage.description());
    }

    /** Throws if the library file exists, because then the listing lags. */
    private void requireLibraryFileMissing(RemoteStateStore.State state) {
        try {
            storage.get(new LibraryName(state.library(), state.epoch()).toString(), JsonFile.MAX_BYTES);
        } catch (StorageException.ObjectMissingException e) {
            return;
        }
        throw new StorageException(Problem.STORAGE_LISTING_BEHIND, storage.description());
    }

    private Agreed createLibrary(UUID own) {
        RemoteStateStore.State state = remoteState.state();
        LibraryName name = new LibraryName(own, state == null ? 1 : state.epoch());
        gate.beforeCreate();
        remoteState.join(own, name.epoch(), state == null || state.created());
        if (name.epoch() > 1) {
            beforeEpoch.accept(name);
        }
        putLibraryFile(name);
        listing.addLibrary(name);
        return new Agreed(own, name.epoch(), true);
    }

    /**
     * Returns whether the library file is damaged and must be uploaded again. This device no longer needs the file, but
     * new devices do.
     */
    private boolean isDamaged(LibraryName name) {
        if (listing.sizeOf(name) == LibraryFile.sizeOf(name, gate.mode())) {
            return false;
        }
        try {
            LibraryFile.read(name, RemoteFiles.get(storage, name.toString(), listing.sizeOf(name)));
            return false;
        } catch (DamagedFileException e) {
            return true;
        } catch (StorageException.ObjectMissingException e) {
            // Another device removes the file, or the listing lags. The next listing shows which.
            return false;
        } catch (StorageException e) {
            if (!FileError.isUnreadable(e)) {
                throw e;
            }
            // The file may be intact, and this device does not need it.
            return false;
        }
    }

    private void putLibraryFile(LibraryName name) {
        storage.put(name.toString(), LibraryFile.write(name, gate.mode(), database.replica()));
        remoteState.uploaded();
    }

    /**
     * Merges libraries that devices created at the same time. If both libraries have one device, the one with the
     * larger id joins the other. A library with one device also joins a library with several devices, whatever the ids.
     * If both have several devices, it throws. See decision 11.
     */
    private Agreed resolveConcurrentCreation(UUID own, int epoch, boolean created) {
        Set<UUID> stored = libraries();
        for (DeviceRecord device : devices) {
            UUID theirs = device.library();
            if (device.aliases().contains(own) && stored.contains(theirs) && BY_ID.compare(theirs, own) < 0) {
                return switchToLibrary(theirs, own);
            }
        }
        stored.remove(own);
        stored.removeAll(remoteState.aliases());
        for (DeviceRecord device : devices) {
            if (device.library().equals(own)) {
                stored.removeAll(device.aliases());
            }
        }
        requireAllKeys(stored);
        boolean alone = created && devicesOf(own) == 0;
        for (UUID other : stored.stream().sorted(BY_ID).toList()) {
            boolean isSmaller = BY_ID.compare(other, own) < 0;
            boolean isShared = devicesOf(other) > 1;
            if (alone && (isSmaller || isShared)) {
                return switchToLibrary(other, own);
            }
            if (!alone && isShared) {
                throw new SyncException(Problem.SYNC_TWO_LIBRARIES, storage.description());
            }
        }
        return new Agreed(own, epoch, false);
    }

    /**
     * Fails if this device lacks keys. It needs the device records of all libraries to decide which library joins
     * another.
     */
    private void requireAllKeys(Set<UUID> rivals) {
        if (!rivals.isEmpty() && gate.isMissingKeys()) {
            throw new SyncException(Problem.SYNC_NEW_KEY, storage.description());
        }
    }

    /** Returns the number of other devices whose records have this library. */
    private long devicesOf(UUID library) {
        return devices.stream()
                .filter(device ->
                        device.library().equals(library) && !device.replica().equals(database.replica()))
                .count();
    }

    private Agreed switchToLibrary(UUID library, UUID alias) {
        int epoch = check(library);
        remoteState.switchToLibrary(library, epoch, alias);
        database.adoptLibrary(library);
        return new Agreed(library, epoch, false);
    }

    private SyncException anotherLibrary() {
        return new SyncException(Problem.SYNC_OTHER_LIBRARY, storage.description());
    }

    /** Checks the library file before this device joins the library. Returns the library's epoch. */
    private int check(UUID library) {
        LibraryName name = new LibraryName(library, epoch(library));
        LibraryFile file = LibraryFile.read(name, RemoteFiles.get(storage, name.toString(), listing.sizeOf(name)));
        if (file.format() > LibraryFile.FORMAT) {
            throw new SyncException(Problem.SYNC_LIBRARY_NEWER, storage.description());
        }
        if (file.encryption().equals(LibraryFile.NOT_ENCRYPTED) ? gate.isOn() : !gate.isOn()) {
            throw gate.isOn() ? gate.notEncrypted() : new SyncException(Problem.SYNC_ENCRYPTED, storage.description());
        }
        return name.epoch();
    }

    private int epoch(UUID library) {
        return listing.libraries().stream()
                .filter(name -> name.library().equals(library))
                .mapToInt(LibraryName::epoch)
                .max()
                .orElseThrow();
    }

    private Set<UUID> libraries() {
        return listing.libraries().stream().map(LibraryName::library).collect(Collectors.toCollection(HashSet::new));
    }

    private Set<UUID> claimedAliases() {
        Set<UUID> claimed = new HashSet<>();
        Set<UUID> stored = libraries();
        for (DeviceRecord device : devices) {
            if (stored.contains(device.library())) {
                claimed.addAll(device.aliases());
            }
        }
        return claimed;
    }
}
