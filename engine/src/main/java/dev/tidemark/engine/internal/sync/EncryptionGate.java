package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.EncryptedStorage;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.encryption.KeyName.Lock;
import dev.tidemark.engine.internal.encryption.LibraryBinding;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.SyncException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a library is read and written as this device is set to: with encryption, only through keys that fit what
 * lies there; without it, only where nothing is encrypted. One sync at a time.
 */
final class EncryptionGate implements EncryptedStorage.KeyProvider {
    private final Encryption encryption;
    private final InstantSource clock;
    private final String location;
    private final EncryptionPin pin;
    private final RemoteStorage storage;
    private final @Nullable EncryptedStorage sealed;
    private final KeyFiles files;
    private EncryptedStorage.KeyListing contents = EncryptedStorage.KeyListing.NONE;
    private @Nullable LibraryKeys keys;
    private String writing = "";
    private String opened = "";
    private @Nullable Problem refusal;

    /** @param raw the storage as it is */
    EncryptionGate(RemoteStorage raw, EncryptionPin pin, Encryption encryption, InstantSource clock, ScryptCost cost) {
        this.encryption = encryption;
        this.clock = clock;
        this.location = raw.description();
        this.pin = pin;
        this.sealed = encryption.isOn() ? new EncryptedStorage(raw, this) : null;
        this.storage = sealed == null ? raw : sealed;
        this.files = KeyFiles.in(raw, cost);
    }

    /** The storage as a sync sees it. */
    RemoteStorage storage() {
        return storage;
    }

    boolean isOn() {
        return sealed != null;
    }

    /** What library files call it. */
    String mode() {
        return isOn() ? LibraryFile.ENCRYPTED : LibraryFile.NOT_ENCRYPTED;
    }

    /** Whether this device has written or read here with encryption before. */
    boolean isPinned() {
        EncryptionPin.State state = pin.state();
        return state != null && state.mode().equals(LibraryFile.ENCRYPTED);
    }

    /**
     * Lists the remote. Without encryption, nothing is read or written where something is encrypted, or was, nor for the first
     * time where a device that encrypts elsewhere was not told to; with it, a library that is not encrypted does not count.
     *
     * @param counted {@link #storage}, or one around it
     */
    RemoteListing list(RemoteStorage counted) {
        RemoteListing listing = RemoteListing.of(counted);
        if (!isOn()) {
            if (listing.isEncrypted() || isPinned()) {
                throw new SyncException(Problem.SYNC_ENCRYPTED, location);
            }
            if (pin.state() == null) {
                requirePlaintextRequested();
            }
            return listing;
        }
        for (LibraryName name : listing.libraries()) {
            if (listing.sizeOf(name) != LibraryFile.sizeOf(name, mode())
                    && declaresPlaintext(name, listing.sizeOf(name))) {
                listing.quarantine(name);
            }
        }
        return listing;
    }

    /** What would encrypt may only be missing at this moment, as where a variable was forgotten. */
    private void requirePlaintextRequested() {
        if (!encryption.isPlaintextRequested() && pin.isAnyEncrypted()) {
            throw new SyncException(Problem.SYNC_WOULD_BE_PLAIN, location);
        }
    }

    private boolean declaresPlaintext(LibraryName name, long size) {
        try {
            return LibraryFile.read(name, RemoteFiles.get(storage, name.toString(), size))
                    .encryption()
                    .equals(LibraryFile.NOT_ENCRYPTED);
        } catch (DamagedFileException | ObjectMissingException e) {
            // Then it says nothing; whoever joins it reads it again.
            return false;
        } catch (StorageException e) {
            if (!FileError.isUnreadable(e)) {
                throw e;
            }
            return false;
        }
    }

    /** @throws SyncException if only libraries that are not encrypted are there, and this device is set to encrypt */
    void requireEncrypted(RemoteListing listing) {
        if (listing.libraries().isEmpty() && !listing.plainLibraries().isEmpty()) {
            throw notEncrypted();
        }
    }

    /** Why a library that is not encrypted is refused. */
    SyncException notEncrypted() {
        return new SyncException(isPinned() ? Problem.SYNC_DOWNGRADED : Problem.SYNC_NOT_ENCRYPTED, location);
    }

    /** Whether there are keys that this device does not have, so that what others say there may be closed to it. */
    boolean lacksKeys() {
        Set<String> held = held(keys);
        return contents.keys().stream().anyMatch(name -> !held.contains(name.identity()));
    }

    /** Whether this device has the key that a file of this name is a sealed copy of. */
    boolean holds(KeyName name) {
        return held(keys).contains(name.identity());
    }

    /** Files in the listing that are not encrypted, but should be. */
    List<StoredObject> plaintextFiles() {
        return sealed == null ? List.of() : sealed.plaintextFiles();
    }

    /** Files in the listing that no key of this device opens. */
    List<StoredObject> closed() {
        return sealed == null ? List.of() : sealed.undecryptableFiles();
    }

    /** The user connects to the library in the storage, whatever key it has: the key that was written with before is unpinned. */
    void unpinKey() {
        EncryptionPin.State before = pin.state();
        if (before != null) {
            pin.remember(new EncryptionPin.State(before.mode(), "", before.opened()));
        }
    }

    /**
     * A library was agreed upon: from now on, what it is like is pinned.
     *
     * @throws SyncException if the keys lack the pinned one, so that nothing may be uploaded
     */
    void agreed(UUID library, int epoch, Set<UUID> aliases) {
        requirePinnedKey();
        EncryptionPin.State before = pin.state();
        String known = opened.isEmpty() && before != null ? before.opened() : opened;
        pin.remember(new EncryptionPin.State(mode(), writing, known));
        if (sealed != null) {
            sealed.bindTo(new LibraryBinding(library, epoch, aliases));
            if (!lacksKeys() && closed().isEmpty()) {
                encryption.connected(KeyName.isOneForAll(contents.keys(), Lock.RECOVERY));
            }
        }
    }

    @Override
    public void listed(EncryptedStorage listing, EncryptedStorage.KeyListing now) {
        contents = now;
        refusal = null;
        LibraryKeys kept = encryption.keys();
        LibraryKeys known = kept == null ? keys : kept;
        if (!now.keys().isEmpty() || !now.tags().isEmpty()) {
            if (known == null || !holdsPinned(known) || !opensAll(known)) {
                known = openMore(known);
            }
        }
        keys = known;
        if (known != null) {
            writing = youngestInUse(known);
            listing.use(known, writing);
        }
    }

    /** Of the key that this device last wrote with; empty if it has not written here. */
    private String pinnedKey() {
        EncryptionPin.State state = pin.state();
        return state == null ? "" : state.writes();
    }

    private boolean holdsPinned(LibraryKeys known) {
        String pinned = pinnedKey();
        return pinned.isEmpty() || known.identities().contains(pinned);
    }

    private void requirePinnedKey() {
        if (refusal != null) {
            throw new SyncException(refusal, location);
        }
    }

    /**
     * Why keys without the pinned one do not suffice. They may be old ones that somebody put back
     * (docs/correctness.md#r18): the library is read far enough to tell whether it was published again, and nothing is
     * uploaded.
     *
     * @param lock of what was entered
     */
    private Problem refusal(Lock lock) {
        String pinned = pinnedKey();
        if (isAmong(contents.truncated(), pinned, lock)) {
            return Problem.SYNC_KEY_DAMAGED;
        }
        if (!isAmong(contents.keys(), pinned, lock)) {
            return Problem.SYNC_KEYS_PUT_BACK;
        }
        return lock == Lock.RECOVERY ? Problem.SYNC_WRONG_RECOVERY_CODE : Problem.SYNC_PASSPHRASE_CHANGED;
    }

    private static boolean isAmong(List<KeyName> names, String identity, Lock lock) {
        return names.stream()
                .anyMatch(name -> name.lock() == lock && name.identity().equals(identity));
    }

    private boolean opensAll(LibraryKeys known) {
        Set<String> held = held(known);
        return contents.keys().stream().allMatch(name -> held.contains(name.identity()))
                && contents.tags().stream().allMatch(tag -> held.stream().anyMatch(id -> id.startsWith(tag)));
    }

    private static Set<String> held(@Nullable LibraryKeys known) {
        return known == null ? Set.of() : new HashSet<>(known.identities());
    }

    /** Keys may have been kept for another place. */
    private boolean fits(LibraryKeys known) {
        return !inUse(known).isEmpty();
    }

    /** Of the keys here those that are this remote's, the youngest last. */
    private List<String> inUse(LibraryKeys known) {
        EncryptionPin.State state = pin.state();
        Set<String> here = contents.keys().stream().map(KeyName::identity).collect(Collectors.toSet());
        if (state != null) {
            here.add(state.writes());
        }
        return known.identities().stream()
                .filter(id -> here.contains(id) || contents.tags().stream().anyMatch(id::startsWith))
                .toList();
    }

    /** Never older than the one before, whatever lies there now. */
    private String youngestInUse(LibraryKeys known) {
        List<String> here = inUse(known);
        return here.isEmpty() ? known.identities().getLast() : here.getLast();
    }

    /**
     * The keys with what the passphrase opens beside; those alone, if they are enough to go on. Null where somebody else's
     * founding broke off and left nothing but damaged keys, so that it can be founded here.
     */
    private @Nullable LibraryKeys openMore(@Nullable LibraryKeys known) {
        LibraryKeys fitting = known != null && fits(known) ? known : null;
        char[] secret = encryption.secret();
        try {
            LibraryKeys more = null;
            try {
                if (secret != null) {
                    more = open(fitting, secret);
                }
            } catch (DamagedFileException e) {
                if (hasLibrary()) {
                    throw new SyncException(e, Problem.SYNC_KEY_DAMAGED, location);
                }
                return null;
            }
            if (secret != null && more != null) {
                LibraryKeys all = fitting == null ? more : KeyFiles.union(fitting, more);
                if (holdsPinned(all)) {
                    encryption.unlocked(all);
                } else {
                    refusal = refusal(KeyFiles.lockOf(secret));
                }
                return all;
            }
            if (fitting != null && !holdsPinned(fitting)) {
                refusal = refusal(secret == null ? Lock.PASSPHRASE : KeyFiles.lockOf(secret));
            }
            if (fitting != null
                    || (secret != null
                            && !hasLibrary()
                            && sealedWithPassphrase().isEmpty())) {
                return fitting;
            }
            throw closed(secret);
        } finally {
            Encryption.wipe(secret);
        }
    }

    /** Whether there is a library, or anything of one but its keys. */
    private boolean hasLibrary() {
        return contents.hasLibrary() || !contents.tags().isEmpty();
    }

    private @Nullable LibraryKeys open(@Nullable LibraryKeys fitting, char[] secret) {
        Set<String> held = held(fitting);
        List<KeyName> lacking = KeyFiles.shuffled(contents.keys()).stream()
                .filter(name -> !held.contains(name.identity()))
                .sorted(inUseFirst())
                .toList();
        try {
            LibraryKeys more = files.open(lacking, secret);
            if (more != null && !RecoveryCode.isRecoveryCode(secret)) {
                opened = sealedWithPassphrase();
            }
            return more;
        } catch (DamagedFileException | SyncException e) {
            return withoutThem(fitting, e);
        } catch (StorageException e) {
            if (e.problem() != Problem.STORAGE_LISTING_BEHIND && !FileError.isUnreadable(e)) {
                throw e;
            }
            return withoutThem(fitting, e);
        }
    }

    /** First those that the passphrase opened before, then those that files are written with: not all of them are tried. */
    private Comparator<KeyName> inUseFirst() {
        EncryptionPin.State state = pin.state();
        Set<String> before =
                state == null ? Set.of() : Set.copyOf(List.of(state.opened().split(" ")));
        return Comparator.comparing((KeyName name) -> !before.contains(name.toString()))
                .thenComparing(name -> contents.tags().stream().noneMatch(name.identity()::startsWith));
    }

    /** What can be read goes on; what cannot is listed as closed. */
    private static @Nullable LibraryKeys withoutThem(@Nullable LibraryKeys fitting, TidemarkException failure) {
        if (fitting == null) {
            throw failure;
        }
        return null;
    }

    private String sealedWithPassphrase() {
        return contents.keys().stream()
                .filter(name -> name.lock() == Lock.PASSPHRASE)
                .map(KeyName::toString)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private SyncException closed(char @Nullable [] secret) {
        Problem problem;
        Lock lock = secret == null ? Lock.PASSPHRASE : KeyFiles.lockOf(secret);
        if (secret == null) {
            problem = Problem.SYNC_PASSPHRASE_NEEDED;
        } else if (isCutOff(lock)) {
            problem = Problem.SYNC_KEY_DAMAGED;
        } else if (contents.keys().stream().noneMatch(name -> name.lock() == lock)) {
            // A listing may show the one without the other: that says nothing about the passphrase.
            problem = Problem.SYNC_KEYS_MISSING;
        } else if (!pinnedKey().isEmpty() && !isAmong(contents.keys(), pinnedKey(), lock)) {
            problem = Problem.SYNC_KEYS_PUT_BACK;
        } else if (lock == Lock.RECOVERY) {
            problem = Problem.SYNC_WRONG_RECOVERY_CODE;
        } else {
            EncryptionPin.State state = pin.state();
            boolean changed = state != null
                    && !state.opened().isEmpty()
                    && !state.opened().equals(sealedWithPassphrase());
            problem = changed ? Problem.SYNC_PASSPHRASE_CHANGED : Problem.SYNC_WRONG_PASSPHRASE;
        }
        return new SyncException(problem, location);
    }

    private boolean isCutOff(Lock lock) {
        return contents.truncated().stream().anyMatch(name -> name.lock() == lock);
    }

    /** Before a library file is put: its keys lie there, sealed with the passphrase and with a recovery code; or none is wanted. */
    void beforeCreate() {
        if (sealed == null) {
            requirePlaintextRequested();
            return;
        }
        requirePinnedKey();
        if (isSealed(Lock.PASSPHRASE) && isSealed(Lock.RECOVERY)) {
            return;
        }
        char[] secret = encryption.secret();
        try {
            if (secret == null || secret.length == 0) {
                throw new SyncException(Problem.SYNC_PASSPHRASE_NEEDED, location);
            }
            if (RecoveryCode.isRecoveryCode(secret)) {
                throw new SyncException(Problem.SYNC_CODE_FOUNDS_NOTHING, location);
            }
            encryption.libraryCreating(secret);
            createKeys(sealed, secret);
        } finally {
            Encryption.wipe(secret);
        }
    }

    private boolean isSealed(Lock lock) {
        return keys != null
                && contents.keys().stream()
                        .anyMatch(name -> name.lock() == lock && name.identity().equals(writing) && files.verify(name));
    }

    private void createKeys(EncryptedStorage into, char[] passphrase) {
        LibraryKeys known = keys;
        if (known == null) {
            known = KeyFiles.random(clock.instant());
            encryption.unlocked(known);
            keys = known;
        }
        writing = youngestInUse(known);
        into.use(known, writing);
        if (!isSealed(Lock.PASSPHRASE)) {
            files.addPassphrase(known, passphrase);
        }
        if (!isSealed(Lock.RECOVERY)) {
            encryption.libraryCreated(files.addRecoveryCode(known));
        }
        contents = new EncryptedStorage.KeyListing(files.list(), List.of(), contents.tags(), contents.hasLibrary());
        opened = sealedWithPassphrase();
    }
}
