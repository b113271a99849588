package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
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
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Another storage whose files are encrypted, under names that say as little as they can, as {@code docs/file-format.md}
 * describes. Whoever uses this sees names, lengths and contents as they are without encryption. Library files and sealed
 * keys are passed through. What lies there unencrypted is not shown: see {@link #plaintextFiles}. Thread-safe.
 */
public final class EncryptedStorage extends ForwardingStorage {
    private final KeyProvider keyProvider;
    private volatile Sealers sealers = Sealers.NONE;
    private volatile @Nullable LibraryBinding binding;
    private volatile LastListing lastListing = LastListing.NOTHING;

    /** Sees to it that the keys are there. */
    public interface KeyProvider {
        /**
         * The storage was listed; called before anything is made of it. Gives this storage what keys it can get.
         *
         * @throws RuntimeException if there is no use in going on
         */
        void listed(EncryptedStorage storage, KeyListing contents);
    }

    /**
     * What a listing shows of encryption.
     *
     * @param keys the sealed identities, as far as they are whole
     * @param truncated those of which only a part is there
     * @param tags of the files there are
     * @param hasLibrary whether there is a library file, encrypted or not
     */
    public record KeyListing(List<KeyName> keys, List<KeyName> truncated, Set<String> tags, boolean hasLibrary) {
        /** Of a storage that was not listed yet. */
        public static final KeyListing NONE = new KeyListing(List.of(), List.of(), Set.of(), false);
    }

    /**
     * What was last listed from the root on.
     *
     * @param places under which names of the storage a name was found
     * @param strays what is not encrypted, and should be
     * @param closed what no key here opens
     */
    private record LastListing(Map<String, List<String>> places, List<StoredObject> strays, List<StoredObject> closed) {
        static final LastListing NOTHING = new LastListing(Map.of(), List.of(), List.of());
    }

    /** @param storage is closed with this one */
    public EncryptedStorage(RemoteStorage storage, KeyProvider keeper) {
        super(storage);
        this.keyProvider = keeper;
    }

    /** The storage beneath. */
    public RemoteStorage delegate() {
        return storage;
    }

    /**
     * Opens files with these keys from now on.
     *
     * @param writing the id of the one that files are written with
     */
    public void use(LibraryKeys keys, String writing) {
        try (KeyRing ring = KeyFiles.ring(keys)) {
            sealers = Sealers.of(ring, writing);
        }
    }

    /** Writes files for this library from now on, and takes only those of it. */
    public void bindTo(LibraryBinding agreed) {
        binding = agreed;
    }

    /** Files in the last listing that are not encrypted, by their names there. */
    public List<StoredObject> plaintextFiles() {
        return lastListing.strays;
    }

    /** Files in the last listing that no key here opens; they are listed with hashes that cannot be right. */
    public List<StoredObject> undecryptableFiles() {
        return lastListing.closed;
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        String start = EncryptedNames.sharedStart(prefix);
        List<StoredObject> found = storage.list(start, after == null ? null : EncryptedNames.sharedStart(after));
        boolean isWhole = KeyName.FOLDER.startsWith(prefix) && (after == null || after.compareTo(KeyName.FOLDER) < 0);
        if (isWhole) {
            boolean founded = found.stream().anyMatch(object -> object.name().startsWith(EncryptedNames.LIBRARY_FILES));
            keyProvider.listed(this, contents(found, founded));
        } else {
            requireKeys();
        }
        Map<String, StoredObject> names = new HashMap<>();
        Map<String, List<String>> places = new HashMap<>();
        List<StoredObject> strays = new ArrayList<>();
        List<StoredObject> closed = new ArrayList<>();
        for (StoredObject object : found) {
            StoredObject seen = decryptEntry(object, strays, closed);
            if (seen != null
                    && seen.name().startsWith(prefix)
                    && (after == null || seen.name().compareTo(after) > 0)) {
                // The same file under two keys: one of them may be cut off.
                names.merge(seen.name(), seen, (one, other) -> one.size() < other.size() ? other : one);
                places.computeIfAbsent(seen.name(), name -> new ArrayList<>()).add(object.name());
            }
        }
        if (isWhole) {
            lastListing = new LastListing(places, List.copyOf(strays), List.copyOf(closed));
        }
        return names.values().stream()
                .sorted(Comparator.comparing(StoredObject::name))
                .toList();
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

    private static KeyListing contents(List<StoredObject> found, boolean founded) {
        Set<String> tags = new LinkedHashSet<>();
        for (StoredObject object : found) {
            if (!EncryptedNames.isPlain(object.name())) {
                EncryptedNames.parse(object.name()).ifPresent(name -> tags.add(name.tag()));
            }
        }
        return new KeyListing(KeyFiles.complete(found), KeyFiles.truncated(found), tags, founded);
    }

    private Sealers requireKeys() {
        if (sealers.isEmpty()) {
            // Only the keys are looked at: damaged ones are an error then, as if there were a library.
            keyProvider.listed(this, contents(storage.list(KeyName.FOLDER, null), true));
        }
        return sealers;
    }

    @Override
    public byte[] get(String name) {
        return get(name, Long.MAX_VALUE);
    }

    @Override
    public byte[] get(String name, long most) {
        if (EncryptedNames.isPlain(name)) {
            return storage.get(name, most);
        }
        Sealers known = requireKeys();
        StorageException missing = new ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        DamagedFileException damage = null;
        for (String hidden : encryptedNames(known, name)) {
            try {
                return open(known, name, hidden, most);
            } catch (ObjectMissingException e) {
                missing.addSuppressed(e);
            } catch (DamagedFileException e) {
                damage = e;
            }
        }
        throw damage == null ? missing : damage;
    }

    private byte[] open(Sealers known, String name, String hidden, long most) {
        Sealer sealer = known.byTag(
                EncryptedNames.parse(hidden).map(EncryptedNames.ParsedName::tag).orElse(""));
        if (sealer == null) {
            throw new DamagedFileException(name, Problem.FILE_KEY_UNKNOWN);
        }
        byte[] sealed = storage.get(hidden, Sealer.sealedSize(name, most));
        return sealer.open(checksLibraryItself(name) ? null : binding, name, sealed);
    }

    /** Their readers tell files of other libraries from damaged ones, and must. */
    private static boolean checksLibraryItself(String name) {
        return name.startsWith("v1/devices/") || name.startsWith("v1/log/") || name.startsWith("v1/retired/");
    }

    /** Where a file may be: as it was listed, else under the name that each key gives it. */
    private List<String> encryptedNames(Sealers known, String name) {
        Set<String> names = new LinkedHashSet<>(lastListing.places.getOrDefault(name, List.of()));
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
        Sealer writer = requireKeys().writer();
        LibraryBinding agreed = binding;
        if (writer == null || agreed == null) {
            throw new IllegalStateException("Nothing is written before a library and its key are agreed upon");
        }
        storage.put(writer.encryptName(name), writer.seal(agreed, name, content));
    }

    /** Encrypted into the notes first: what was begun has to be the same bytes when it goes on. */
    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        ObjectNames.require(name);
        Sealer writer = requireKeys().writer();
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
        Sealers known = requireKeys();
        StorageException missing = new ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        DamagedFileException damage = null;
        for (Sealer sealer : known.all()) {
            Path own = notes.resolve(sealer.tag());
            Path sealed = own.resolve("sealed");
            try {
                OwnerOnlyFiles.createFolders(own);
                storage.download(sealer.encryptName(name), sealed, own, progress);
                sealer.open(checksLibraryItself(name) ? null : binding, name, sealed, file);
                return;
            } catch (ObjectMissingException e) {
                missing.addSuppressed(e);
            } catch (DamagedFileException e) {
                damage = e;
            } catch (IOException e) {
                throw LargeFiles.notWritten(file, e);
            }
        }
        throw damage == null ? missing : damage;
    }

    @Override
    public void delete(String name) {
        if (EncryptedNames.isPlain(name)) {
            storage.delete(name);
            return;
        }
        Sealers known = requireKeys();
        List<String> listed = lastListing.places.get(name);
        Set<String> hidden = new LinkedHashSet<>(listed == null ? known.encryptedNames(name) : listed);
        Sealer writer = known.writer();
        if (writer != null) {
            hidden.add(writer.encryptName(name));
        }
        hidden.forEach(storage::delete);
    }
}
