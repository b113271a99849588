package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.EncryptedStorage;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.encryption.LibraryBinding;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the storage's encryption matches the settings and the {@link EncryptionPin} (docs/correctness.md#r18). A
 * device with encryption syncs only with keys that fit the storage and the pin. A device without encryption syncs only
 * if no file is encrypted. Used by one sync at a time.
 */
final class EncryptionGate {
    private final Encryption encryption;
    private final String location;
    private final EncryptionPin pin;
    private final RemoteStorage storage;
    private final @Nullable LibraryUnlock unlock;

    /** @param raw the storage without encryption */
    EncryptionGate(RemoteStorage raw, EncryptionPin pin, Encryption encryption, InstantSource clock, ScryptCost cost) {
        this.encryption = encryption;
        this.location = raw.description();
        this.pin = pin;
        this.unlock =
                encryption.isOn() ? new LibraryUnlock(new EncryptedStorage(raw), pin, encryption, clock, cost) : null;
        this.storage = unlock == null ? raw : unlock.storage();
    }

    /** Returns the storage that a sync uses. It decrypts files if encryption is on. */
    RemoteStorage storage() {
        return storage;
    }

    boolean isOn() {
        return unlock != null;
    }

    /** Returns the encryption mode to write in library files. */
    String mode() {
        return isOn() ? LibraryFile.ENCRYPTED : LibraryFile.NOT_ENCRYPTED;
    }

    /** Returns whether this device has synced with this storage with encryption before. */
    boolean isPinned() {
        EncryptionPin.State state = pin.state();
        return state != null && state.mode().equals(LibraryFile.ENCRYPTED);
    }

    /**
     * Lists the storage, unlocks the library in the listing, and decrypts the listing. With encryption, it ignores
     * unencrypted libraries. Without encryption, it fails if the storage has or had encrypted files. It then also fails
     * at the first sync of a device that encrypts other storages, unless the user has turned encryption off.
     *
     * @param counted {@link #storage}, or a wrapper of it
     */
    RemoteListing list(RemoteStorage counted) {
        List<StoredObject> objects = counted.list(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS);
        if (unlock == null) {
            RemoteListing listing = RemoteListing.of(objects);
            requirePlaintext(listing);
            return listing;
        }
        boolean hasNewKeys = unlock.unlock(unlock.storage().keyListing());
        RemoteListing listing = RemoteListing.of(hasNewKeys ? unlock.storage().decryptLastListing() : objects);
        for (LibraryName name : listing.libraries()) {
            if (listing.sizeOf(name) != LibraryFile.sizeOf(name, mode())
                    && declaresPlaintext(name, listing.sizeOf(name))) {
                listing.quarantine(name);
            }
        }
        return listing;
    }

    /** Unlocks the library for a request outside of a sync. */
    void unlockIfLocked() {
        if (unlock != null) {
            unlock.unlockIfLocked();
        }
    }

    private void requirePlaintext(RemoteListing listing) {
        if (listing.isEncrypted() || isPinned()) {
            throw new SyncException(Problem.SYNC_ENCRYPTED, location);
        }
        if (pin.state() == null) {
            requirePlaintextRequested();
        }
    }

    /**
     * Fails if this device encrypts another storage and the user has not turned encryption off. The encryption settings
     * may be missing by accident, for example because of a forgotten environment variable.
     */
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
        } catch (DamagedFileException | StorageException.ObjectMissingException e) {
            // The handshake reads the file again before this device joins the library.
            return false;
        } catch (StorageException e) {
            if (!FileError.isUnreadable(e)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * @throws SyncException if this device encrypts, and all libraries in the storage are unencrypted
     */
    void requireEncrypted(RemoteListing listing) {
        if (listing.libraries().isEmpty() && !listing.plainLibraries().isEmpty()) {
            throw notEncrypted();
        }
    }

    /** Returns the error for a library that is not encrypted. */
    SyncException notEncrypted() {
        return new SyncException(isPinned() ? Problem.SYNC_DOWNGRADED : Problem.SYNC_NOT_ENCRYPTED, location);
    }

    /** Returns whether the storage has keys that this device lacks, so that it cannot read every file. */
    boolean isMissingKeys() {
        return unlock != null && unlock.isMissingKeys();
    }

    /** Returns whether this device has the key in the key file of this name. */
    boolean hasKey(KeyName name) {
        return unlock != null && unlock.hasKey(name);
    }

    /** Returns files in the listing that should be encrypted but are not. */
    List<StoredObject> plaintextFiles() {
        return unlock == null ? List.of() : unlock.storage().plaintextFiles();
    }

    /** Returns files in the listing that no key of this device decrypts. */
    List<StoredObject> closed() {
        return unlock == null ? List.of() : unlock.storage().undecryptableFiles();
    }

    /**
     * Removes the pin of the key that this device last wrote with. Called when the user connects to a library that may
     * use another key.
     */
    void unpinKey() {
        EncryptionPin.State before = pin.state();
        if (before != null) {
            pin.save(new EncryptionPin.State(before.mode(), "", before.opened()));
        }
    }

    /**
     * Pins the encryption of the library that the sync agreed upon.
     *
     * @throws SyncException if this device does not have the pinned key. It must not upload anything then.
     */
    void agreed(UUID library, int epoch, Set<UUID> aliases) {
        if (unlock == null) {
            pin.save(new EncryptionPin.State(mode(), "", ""));
            return;
        }
        unlock.requirePinnedKey();
        pin.save(unlock.stateToPin());
        unlock.storage().bindTo(new LibraryBinding(library, epoch, aliases));
        if (!isMissingKeys() && closed().isEmpty()) {
            encryption.connected(unlock.hasRecoveryCodeForAll());
        }
    }

    /**
     * Called before a library file is uploaded. With encryption, it creates the keys. Without encryption, it checks
     * that the library may be unencrypted.
     */
    void beforeCreate() {
        if (unlock == null) {
            requirePlaintextRequested();
        } else {
            unlock.createKeys();
        }
    }
}
