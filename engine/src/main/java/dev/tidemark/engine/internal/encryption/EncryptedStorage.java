package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.keys.KeyRing;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the files of another storage and the content hashes in their names, as {@code docs/file-format.md}
 * describes. Callers see names, lengths and contents as they are before encryption. Library and key files pass through
 * unencrypted. Listings omit other unencrypted files, which {@link #plaintextFiles} returns. Thread-safe.
 */
public final class EncryptedStorage extends ForwardingStorage {
    private volatile Sealers sealers = Sealers.NONE;
    private volatile @Nullable LibraryBinding binding;
    private volatile LastListing lastListing = LastListing.NOTHING;

    /**
     * The parts of a listing that concern encryption.
     *
     * @param keys the complete key files
     * @param truncated the key files whose length shows that they are damaged
     * @param tags the key tags of all files
     * @param hasLibrary whether there is a library file
     */
    public record KeyListing(List<KeyName> keys, List<KeyName> truncated, Set<String> tags, boolean hasLibrary) {
        /** The value before the first listing of a storage. */
        public static final KeyListing NONE = new KeyListing(List.of(), List.of(), Set.of(), false);
    }

    /**
     * The last listing that included the key files.
     *
     * @param found the objects as the storage listed them
     * @param prefix the prefix of the listed names
     * @param after only names after this one were listed; {@code null} if all were
     * @param objects the objects with their names and lengths before encryption
     * @param encryptedNames for each plain name, the names of its objects in the storage
     * @param strays objects that should be encrypted but are not
     * @param closed objects that no key of this device decrypts
     */
    private record LastListing(
            List<StoredObject> found,
            String prefix,
            @Nullable String after,
            List<StoredObject> objects,
            Map<String, List<String>> encryptedNames,
            List<StoredObject> strays,
            List<StoredObject> closed) {
        static final LastListing NOTHING =
                new LastListing(List.of(), "", null, List.of(), Map.of(), List.of(), List.of());
    }

    /**
     * @param storage the storage with the encrypted files. Closing this object closes it, too.
     */
    public EncryptedStorage(RemoteStorage storage) {
        super(storage);
    }

    /**
     * Sets the keys that open files.
     *
     * @param writing the id of the key that encrypts new files
     */
    public void use(LibraryKeys keys, String writing) {
        try (KeyRing ring = KeyFiles.keyRing(keys)) {
            sealers = Sealers.of(ring, writing);
        }
    }

    /**
     * Sets the library that files are written for. From then on, files of libraries other than it and its aliases are
     * refused.
     */
    public void bindTo(LibraryBinding agreed) {
        binding = agreed;
    }

    /** Returns the files of the last listing that are not encrypted, by their names in the storage. */
    public List<StoredObject> plaintextFiles() {
        return lastListing.strays;
    }

    /** Returns the files of the last listing that none of the keys opens. The hashes in their names stay encrypted. */
    public List<StoredObject> undecryptableFiles() {
        return lastListing.closed;
    }

    /** Returns the key files in the last listing, and the key tags of all files in it. */
    public KeyListing keyListing() {
        List<StoredObject> found = lastListing.found;
        boolean hasLibrary = found.stream().anyMatch(object -> object.name().startsWith(EncryptedNames.LIBRARY_FILES));
        return keyListing(found, hasLibrary);
    }

    /**
     * Lists only the key files. {@code hasLibrary} is always true in the result, so that callers treat damaged key
     * files as an error.
     */
    public KeyListing listKeys() {
        return keyListing(storage.list(KeyName.FOLDER, null), true);
    }

    /** Decrypts the last listing again with the keys that are in use now. */
    public List<StoredObject> decryptLastListing() {
        LastListing last = lastListing;
        lastListing = decrypt(last.found, last.prefix, last.after);
        return lastListing.objects;
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        String start = EncryptedNames.sharedStart(prefix);
        List<StoredObject> found = storage.list(start, after == null ? null : EncryptedNames.sharedStart(after));
        LastListing listing = decrypt(found, prefix, after);
        if (KeyName.FOLDER.startsWith(prefix) && (after == null || after.compareTo(KeyName.FOLDER) < 0)) {
            lastListing = listing;
        }
        return listing.objects;
    }

    private LastListing decrypt(List<StoredObject> found, String prefix, @Nullable String after) {
        Map<String, StoredObject> names = new HashMap<>();
        Map<String, List<String>> encryptedNames = new HashMap<>();
        List<StoredObject> strays = new ArrayList<>();
        List<StoredObject> closed = new ArrayList<>();
        for (StoredObject object : found) {
            StoredObject seen = decryptEntry(object, strays, closed);
            if (seen != null
                    && seen.name().startsWith(prefix)
                    && (after == null || seen.name().compareTo(after) > 0)) {
                // Two keys may have encrypted the same file. The longer object counts, because the shorter one may be
                // truncated.
                names.merge(seen.name(), seen, (one, other) -> one.size() < other.size() ? other : one);
                encryptedNames
                        .computeIfAbsent(seen.name(), name -> new ArrayList<>())
                        .add(object.name());
            }
        }
        List<StoredObject> objects = names.values().stream()
                .sorted(Comparator.comparing(StoredObject::name))
                .toList();
        return new LastListing(found, prefix, after, objects, encryptedNames, List.copyOf(strays), List.copyOf(closed));
    }

    private @Nullable StoredObject decryptEntry(
            StoredObject object, List<StoredObject> strays, List<StoredObject> closed) {
        if (EncryptedNames.isPlain(object.name())) {
            return object;
        }
        EncryptedNames.ParsedName sealed = EncryptedNames.parse(object.name()).orElse(null);
        if (sealed == null) {
            strays.add(object);
            return null;
        }
        Sealer sealer = sealers.byTag(sealed.tag());
        String name = sealer == null ? sealed.body() : sealer.decryptName(sealed.body());
        StoredObject seen = new StoredObject(name, Sealer.plainSize(name, object.size()));
        if (sealer == null) {
            closed.add(seen);
        }
        return seen;
    }

    private static KeyListing keyListing(List<StoredObject> found, boolean hasLibrary) {
        Set<String> tags = new LinkedHashSet<>();
        for (StoredObject object : found) {
            if (!EncryptedNames.isPlain(object.name())) {
                EncryptedNames.parse(object.name()).ifPresent(name -> tags.add(name.tag()));
            }
        }
        return new KeyListing(KeyFiles.complete(found), KeyFiles.truncated(found), tags, hasLibrary);
    }

    @Override
    public byte[] get(String name, long most) {
        if (EncryptedNames.isPlain(name)) {
            return storage.get(name, most);
        }
        Sealers known = sealers;
        StorageException missing = new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        DamagedFileException damage = null;
        for (String encrypted : encryptedNames(known, name)) {
            try {
                return open(known, name, encrypted, most);
            } catch (StorageException.ObjectMissingException e) {
                missing.addSuppressed(e);
            } catch (DamagedFileException e) {
                damage = e;
            }
        }
        throw damage == null ? missing : damage;
    }

    private byte[] open(Sealers known, String name, String encrypted, long most) {
        Sealer sealer = known.byTag(EncryptedNames.parse(encrypted)
                .map(EncryptedNames.ParsedName::tag)
                .orElse(""));
        if (sealer == null) {
            throw new DamagedFileException(name, Problem.FILE_KEY_UNKNOWN);
        }
        byte[] sealed = storage.get(encrypted, Sealer.sealedSize(name, most));
        return sealer.open(checksLibraryItself(name) ? null : binding, name, sealed);
    }

    /**
     * Returns whether the code that reads the file checks the library id itself. That code must distinguish files of
     * other libraries from damaged files.
     */
    private static boolean checksLibraryItself(String name) {
        return name.startsWith("v1/devices/") || name.startsWith("v1/log/") || name.startsWith("v1/retired/");
    }

    /** Returns the names that the file may have in the storage: the listed names, then one name for each key. */
    private List<String> encryptedNames(Sealers known, String name) {
        Set<String> names = new LinkedHashSet<>(lastListing.encryptedNames.getOrDefault(name, List.of()));
        names.addAll(known.encryptedNames(name));
        return List.copyOf(names);
    }

    @Override
    public void put(String name, byte[] content) {
        ObjectNames.require(name);
        if (EncryptedNames.isPlain(name)) {
            storage.put(name, content);
            return;
        }
        Sealer writer = sealers.writer();
        LibraryBinding agreed = binding;
        if (writer == null || agreed == null) {
            throw new IllegalStateException("Nothing is written before a library and its key are agreed upon");
        }
        storage.put(writer.encryptName(name), writer.seal(agreed, name, content));
    }

    /** Encrypts the file into the transfer folder first, because a resumed upload must continue with the same bytes. */
    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        ObjectNames.require(name);
        Sealer writer = sealers.writer();
        LibraryBinding agreed = binding;
        if (writer == null || agreed == null) {
            throw new IllegalStateException("Nothing is written before a library and its key are agreed upon");
        }
        Path sealed = notes.resolve(writer.tag() + "-" + agreed.libraryText() + ".sealed");
        try {
            if (!Files.exists(sealed)) {
                Path half = notes.resolve("sealing");
                writer.seal(agreed, name, file, half);
                Files.move(half, sealed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw LargeFiles.notWritten(sealed, e);
        }
        storage.upload(writer.encryptName(name), sealed, notes, progress);
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        Sealers known = sealers;
        StorageException missing = new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        DamagedFileException damage = null;
        for (Sealer sealer : known.all()) {
            Path own = notes.resolve(sealer.tag());
            Path sealed = own.resolve("sealed");
            try {
                OwnerOnlyFiles.createFolders(own);
                storage.download(sealer.encryptName(name), sealed, own, progress);
                sealer.open(checksLibraryItself(name) ? null : binding, name, sealed, file);
                return;
            } catch (StorageException.ObjectMissingException e) {
                missing.addSuppressed(e);
            } catch (DamagedFileException e) {
                damage = e;
            } catch (IOException e) {
                throw LargeFiles.notWritten(file, e);
            }
        }
        throw damage == null ? missing : damage;
    }

    /** Not supported, because the storage would report encrypted names. */
    @Override
    public Optional<Watch> watch(String prefix, @Nullable String after, Consumer<String> changed) {
        return Optional.empty();
    }

    @Override
    public void delete(String name) {
        if (EncryptedNames.isPlain(name)) {
            storage.delete(name);
            return;
        }
        Sealers known = sealers;
        List<String> listed = lastListing.encryptedNames.get(name);
        Set<String> encrypted = new LinkedHashSet<>(listed == null ? known.encryptedNames(name) : listed);
        Sealer writer = known.writer();
        if (writer != null) {
            encrypted.add(writer.encryptName(name));
        }
        encrypted.forEach(storage::delete);
    }
}
