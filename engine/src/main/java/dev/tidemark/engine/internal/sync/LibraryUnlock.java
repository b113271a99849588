package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.EncryptedStorage;
import dev.tidemark.engine.internal.encryption.EncryptedStorage.KeyListing;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.encryption.KeyName.Lock;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gets the keys of an encrypted library from the device's key store or with the passphrase, and creates the keys of a
 * new library.
 */
final class LibraryUnlock {
    private final Encryption encryption;
    private final InstantSource clock;
    private final String location;
    private final EncryptionPin pin;
    private final EncryptedStorage storage;
    private final KeyFiles files;
    private KeyListing contents = KeyListing.NONE;
    private @Nullable LibraryKeys keys;
    private String writing = "";
    private String opened = "";
    private @Nullable Problem refusal;

    LibraryUnlock(
            EncryptedStorage storage, EncryptionPin pin, Encryption encryption, InstantSource clock, ScryptCost cost) {
        this.encryption = encryption;
        this.clock = clock;
        this.location = storage.description();
        this.pin = pin;
        this.storage = storage;
        this.files = KeyFiles.in(storage.delegate(), cost);
    }

    EncryptedStorage storage() {
        return storage;
    }

    /**
     * Finds keys for a listing, and sets them on the storage.
     *
     * @return whether the storage now uses other keys than before this call
     * @throws SyncException if the library has keys but this device cannot get any
     */
    synchronized boolean unlock(KeyListing listed) {
        contents = listed;
        refusal = null;
        LibraryKeys stored = encryption.keys();
        LibraryKeys known = stored == null ? keys : stored;
        if (!listed.keys().isEmpty() || !listed.tags().isEmpty()) {
            if (known == null || !hasPinnedKey(known) || !opensAll(known)) {
                known = unlockKeys(known);
            }
        }
        Set<String> before = ids(keys);
        String writingBefore = writing;
        keys = known;
        if (known == null) {
            return false;
        }
        writing = newestInUse(known);
        if (before.equals(ids(known)) && writingBefore.equals(writing)) {
            return false;
        }
        storage.use(known, writing);
        return true;
    }

    /**
     * Finds keys without listing the whole storage. Attachments can thus be read before the first sync of a session.
     */
    synchronized void unlockIfLocked() {
        if (keys == null) {
            unlock(storage.listKeys());
        }
    }

    /** Returns whether the storage has keys that this device lacks, so that it cannot read every file. */
    boolean isMissingKeys() {
        return contents.keys().stream().anyMatch(name -> !hasKey(name));
    }

    boolean hasKey(KeyName name) {
        return ids(keys).contains(name.identity());
    }

    /** Returns whether one recovery code opens all keys of the storage. */
    boolean hasRecoveryCodeForAll() {
        return KeyName.oneSecretOpensAll(contents.keys(), Lock.RECOVERY);
    }

    /** Returns the state to pin: the key that encrypts new files, and the key files that the passphrase opened. */
    EncryptionPin.State stateToPin() {
        EncryptionPin.State before = pin.state();
        String openedLast = opened.isEmpty() && before != null ? before.opened() : opened;
        return new EncryptionPin.State(LibraryFile.ENCRYPTED, writing, openedLast);
    }

    /**
     * @throws SyncException if this device does not have the pinned key. It must not upload anything then.
     */
    void requirePinnedKey() {
        if (refusal != null) {
            throw new SyncException(refusal, location);
        }
    }

    /** Returns the id of the key that this device last wrote with; empty if it has not written to this storage. */
    private String pinnedKey() {
        EncryptionPin.State state = pin.state();
        return state == null ? "" : state.writes();
    }

    private boolean hasPinnedKey(LibraryKeys known) {
        String pinned = pinnedKey();
        return pinned.isEmpty() || known.identities().contains(pinned);
    }

    /**
     * Returns the problem with keys that do not include the pinned key. Old key files may have been restored
     * (docs/correctness.md#r18). The sync then uploads nothing, and reads only enough to find a new epoch.
     *
     * @param lock the kind of secret that the user entered
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
        Set<String> ids = ids(known);
        return contents.keys().stream().allMatch(name -> ids.contains(name.identity()))
                && contents.tags().stream().allMatch(tag -> ids.stream().anyMatch(id -> id.startsWith(tag)));
    }

    private static Set<String> ids(@Nullable LibraryKeys known) {
        return known == null ? Set.of() : new HashSet<>(known.identities());
    }

    /** Returns whether this storage uses any of the keys. If it uses none, they may be keys of another storage. */
    private boolean usesAny(LibraryKeys known) {
        return !inUse(known).isEmpty();
    }

    /** Returns the ids of the keys that this storage uses, in the order from the oldest key to the newest. */
    private List<String> inUse(LibraryKeys known) {
        EncryptionPin.State state = pin.state();
        Set<String> stored = contents.keys().stream().map(KeyName::identity).collect(Collectors.toSet());
        if (state != null) {
            stored.add(state.writes());
        }
        return known.identities().stream()
                .filter(id -> stored.contains(id) || contents.tags().stream().anyMatch(id::startsWith))
                .toList();
    }

    /**
     * Returns the key that encrypts new files: the newest one that the storage uses or that this device last wrote
     * with.
     */
    private String newestInUse(LibraryKeys known) {
        List<String> inUse = inUse(known);
        return inUse.isEmpty() ? known.identities().getLast() : inUse.getLast();
    }

    /**
     * Returns the known keys that this storage uses, and the keys that the passphrase opens. Null if an interrupted
     * creation of a library left no usable key. This device can then create the library.
     *
     * @throws SyncException if the library has keys but none of them opens
     */
    private @Nullable LibraryKeys unlockKeys(@Nullable LibraryKeys known) {
        LibraryKeys fitting = known != null && usesAny(known) ? known : null;
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
                if (hasPinnedKey(all)) {
                    encryption.unlocked(all);
                } else {
                    refusal = refusal(KeyFiles.lockOf(secret));
                }
                return all;
            }
            if (fitting != null && !hasPinnedKey(fitting)) {
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

    /** Returns whether the storage has a library file or any encrypted file. */
    private boolean hasLibrary() {
        return contents.hasLibrary() || !contents.tags().isEmpty();
    }

    private @Nullable LibraryKeys open(@Nullable LibraryKeys fitting, char[] secret) {
        Set<String> ids = ids(fitting);
        List<KeyName> missing = KeyFiles.shuffled(contents.keys()).stream()
                .filter(name -> !ids.contains(name.identity()))
                .sorted(unlockOrder())
                .toList();
        try {
            LibraryKeys more = files.open(missing, secret);
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

    /**
     * Returns the order in which key files are tried, because only a limited number is. Files that the passphrase has
     * opened before are first, then files of keys in use.
     */
    private Comparator<KeyName> unlockOrder() {
        EncryptionPin.State state = pin.state();
        Set<String> before =
                state == null ? Set.of() : Set.copyOf(List.of(state.opened().split(" ")));
        return Comparator.comparing((KeyName name) -> !before.contains(name.toString()))
                .thenComparing(name -> contents.tags().stream().noneMatch(name.identity()::startsWith));
    }

    /**
     * Returns null if other keys are known. The sync then continues, and reports the files that these keys do not open.
     */
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
            // The storage lists no key file for this kind of secret, so the secret may be right.
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

    /**
     * Creates the keys of a new library. Uploads them encrypted with the passphrase and with a new recovery code,
     * unless the storage has them already.
     */
    void createKeys() {
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
            createKeys(secret);
        } finally {
            Encryption.wipe(secret);
        }
    }

    private boolean isSealed(Lock lock) {
        return keys != null
                && contents.keys().stream()
                        .anyMatch(name -> name.lock() == lock && name.identity().equals(writing) && files.verify(name));
    }

    private void createKeys(char[] passphrase) {
        LibraryKeys known = keys;
        if (known == null) {
            known = KeyFiles.random(clock.instant());
            encryption.unlocked(known);
            keys = known;
        }
        writing = newestInUse(known);
        storage.use(known, writing);
        if (!isSealed(Lock.PASSPHRASE)) {
            files.addPassphrase(known, passphrase);
        }
        if (!isSealed(Lock.RECOVERY)) {
            encryption.libraryCreated(files.addRecoveryCode(known));
        }
        contents = new KeyListing(files.list(), List.of(), contents.tags(), contents.hasLibrary());
        opened = sealedWithPassphrase();
    }
}
