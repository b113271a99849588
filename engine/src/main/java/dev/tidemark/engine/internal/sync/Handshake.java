package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.ObjectMissingException;
import dev.tidemark.engine.StorageException;
import dev.tidemark.engine.SyncException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with a remote on which library it holds (rule R8), before anything is read or written there. What cannot be
 * decided without a person ends in a {@link SyncException}; nothing was changed then.
 */
final class Handshake {
    private static final Comparator<UUID> BY_ID = Comparator.comparing(RemoteNames::hex);

    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteMemory memory;
    private final RemoteListing listing;
    private final Collection<DeviceRecord> devices;

    /**
     * What was agreed.
     *
     * @param library the library
     * @param epoch its epoch
     * @param founded whether its file was only just written, so that the storage is to be listed once more
     */
    record Agreed(UUID library, int epoch, boolean founded) {}

    /** @param devices the records of other devices there, whatever their library */
    Handshake(
            SqliteDatabase database,
            RemoteStorage storage,
            RemoteMemory memory,
            RemoteListing listing,
            Collection<DeviceRecord> devices) {
        this.database = database;
        this.storage = storage;
        this.memory = memory;
        this.listing = listing;
        this.devices = devices;
    }

    Agreed agree() {
        if (listing.isEncrypted()) {
            throw new SyncException("The library in the " + storage.description()
                    + " is encrypted, which this version of the program cannot read yet.");
        }
        RemoteMemory.State state = settle(memory.state());
        return state == null ? first() : again(state);
    }

    /** A library may have been joined elsewhere, or the program been killed between two steps. */
    private RemoteMemory.@Nullable State settle(RemoteMemory.@Nullable State state) {
        UUID library = database.library();
        if (state == null || state.library().equals(library)) {
            return state;
        }
        if (memory.aliases().contains(state.library())) {
            memory.giveWay(library, state.epoch(), state.library());
        } else {
            database.adoptLibrary(state.library());
        }
        return memory.state();
    }

    private Agreed first() {
        UUID own = database.library();
        Set<UUID> there = libraries();
        if (there.isEmpty()) {
            if (listing.holdsWork()) {
                throw new SyncException("The " + storage.description()
                        + " holds changes of a library, but not the file that names it. If a folder tool is still at"
                        + " work there, try again when it is done.");
            }
            return found(own);
        }
        if (!there.contains(own)) {
            if (memory.hasJoinedAny()) {
                throw anotherLibrary();
            }
            there.removeAll(claimedAliases());
            UUID smallest = there.stream().min(BY_ID).orElseThrow(this::anotherLibrary);
            int epoch = check(smallest);
            memory.join(smallest, epoch, false);
            database.adoptLibrary(smallest);
            return new Agreed(smallest, epoch, false);
        }
        int epoch = check(own);
        memory.join(own, epoch, false);
        return rivals(own, epoch, false);
    }

    private Agreed again(RemoteMemory.State state) {
        UUID own = state.library();
        Set<UUID> there = libraries();
        if (there.isEmpty()) {
            return state.uploaded() && !listing.holdsWork() ? emptied(state) : found(own);
        }
        if (!there.contains(own)) {
            for (DeviceRecord device : devices) {
                if (device.aliases().contains(own) && there.contains(device.library())) {
                    return giveWay(device.library(), own);
                }
            }
            throw anotherLibrary();
        }
        int epoch = epoch(own);
        if (epoch != state.epoch()) {
            throw new SyncException("Somebody has published the library in the " + storage.description()
                    + " anew. This device has to be connected to it again.");
        }
        return rivals(own, epoch, state.founded());
    }

    /** Absence never deletes anything here. A listing may also lag behind. */
    private Agreed emptied(RemoteMemory.State state) {
        try {
            storage.get(new LibraryName(state.library(), state.epoch()).toString());
        } catch (ObjectMissingException e) {
            throw new SyncException(
                    "The " + storage.description()
                            + " is empty, although this device has published there before. It may have been wiped or"
                            + " replaced, or its drive is not connected. Nothing was changed here.",
                    e);
        }
        throw new StorageException("The listing of the " + storage.description() + " is behind. Try again later.");
    }

    private Agreed found(UUID own) {
        RemoteMemory.State state = memory.state();
        LibraryName name = new LibraryName(own, state == null ? 1 : state.epoch());
        memory.join(own, name.epoch(), state == null || state.founded());
        storage.put(name.toString(), LibraryFile.write(name, database.replica()));
        memory.uploaded();
        listing.addLibrary(name);
        return new Agreed(own, name.epoch(), true);
    }

    /** Of two libraries founded at once the smaller id wins; larger ones will yield by themselves. */
    private Agreed rivals(UUID own, int epoch, boolean founded) {
        Set<UUID> rivals = libraries();
        rivals.remove(own);
        rivals.removeAll(memory.aliases());
        Optional<UUID> winner =
                rivals.stream().filter(rival -> BY_ID.compare(rival, own) < 0).min(BY_ID);
        if (winner.isEmpty()) {
            return new Agreed(own, epoch, false);
        }
        UUID smaller = winner.get();
        boolean decided = devices.stream()
                .anyMatch(device ->
                        device.library().equals(smaller) && device.aliases().contains(own));
        boolean othersJoined = devices.stream()
                .anyMatch(device -> !device.replica().equals(database.replica())
                        && device.library().equals(own));
        if (decided || (founded && !othersJoined)) {
            return giveWay(smaller, own);
        }
        throw new SyncException("The " + storage.description()
                + " holds two libraries, and more than one device uses this one. Decide which to keep: connect the"
                + " devices of the other to a place of their own, or to this one after that. Nothing was changed.");
    }

    private Agreed giveWay(UUID library, UUID alias) {
        int epoch = check(library);
        memory.giveWay(library, epoch, alias);
        database.adoptLibrary(library);
        return new Agreed(library, epoch, false);
    }

    private SyncException anotherLibrary() {
        return new SyncException("The " + storage.description()
                + " holds another library than this device's. Choose another place, or connect a fresh profile to it."
                + " Nothing was changed.");
    }

    /** Reads a library's file before it is joined; returns its epoch. */
    private int check(UUID library) {
        LibraryName name = new LibraryName(library, epoch(library));
        LibraryFile file = LibraryFile.read(name, storage.get(name.toString()));
        if (file.format() > LibraryFile.FORMAT) {
            throw new SyncException("The library in the " + storage.description()
                    + " was written by a newer version of this program. Install that version to connect to it.");
        }
        if (!file.encryption().equals(LibraryFile.NOT_ENCRYPTED)) {
            throw new SyncException("The library in the " + storage.description()
                    + " is encrypted, which this version of the program cannot read yet.");
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
        List<LibraryName> names = listing.libraries();
        Set<UUID> libraries = new HashSet<>();
        names.forEach(name -> libraries.add(name.library()));
        return libraries;
    }

    private Set<UUID> claimedAliases() {
        Set<UUID> claimed = new HashSet<>();
        Set<UUID> there = libraries();
        for (DeviceRecord device : devices) {
            if (there.contains(device.library())) {
                claimed.addAll(device.aliases());
            }
        }
        return claimed;
    }
}
