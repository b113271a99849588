package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.KeyName.Lock;
import dev.tidemark.engine.internal.encryption.ScryptStanza.WrongPassphraseException;
import dev.tidemark.engine.internal.keys.Identity;
import dev.tidemark.engine.internal.keys.KeyRing;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the key files of a storage. Each file has one identity, encrypted with the passphrase or recovery
 * code. The name of the file contains the identity's id. A device thus deletes a file only after it has stored the
 * identity in a new file (decision 22).
 */
public final class KeyFiles {
    /** The maximal size of a key file in bytes. Larger files are not downloaded. */
    public static final int MAX_BYTES = 16 << 10;

    /**
     * The least size of a key file in bytes. It has a version line, one scrypt stanza with a one-digit work factor, a
     * header MAC, a nonce, one identity with its creation time, and an authentication tag.
     */
    private static final int MIN_BYTES = 22 + (10 + 22 + 1 + 1 + 1 + 44) + 48 + 16 + 107 + 16;

    /**
     * The maximal number of failed attempts per call. Each attempt costs half a second, and an attacker with write
     * access can add any number of key files.
     */
    public static final int MAX_TRIES = 8;

    /** The maximal number of key files that one call downloads. */
    private static final int MAX_READS = 64;

    private static final FailedKeys FAILED = new FailedKeys();

    private final RemoteStorage storage;
    private final ScryptCost cost;

    private KeyFiles(RemoteStorage storage, ScryptCost cost) {
        this.storage = storage;
        this.cost = cost;
    }

    /**
     * Returns the key files of a storage. This method does not access the storage yet.
     *
     * @param cost the scrypt work factors for new key files
     */
    public static KeyFiles in(RemoteStorage storage, ScryptCost cost) {
        return new KeyFiles(storage, cost);
    }

    /** Lists the key files. */
    public List<KeyName> list() {
        return keyNames(storage.list(KeyName.FOLDER, null));
    }

    private static List<KeyName> keyNames(Collection<StoredObject> listed) {
        return listed.stream()
                .map(StoredObject::name)
                .map(KeyName::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the kind of key files that a secret opens. */
    public static Lock lockOf(char[] secret) {
        return RecoveryCode.isRecoveryCode(secret) ? Lock.RECOVERY : Lock.PASSPHRASE;
    }

    /**
     * Returns the key files of a listing whose length is plausible. A truncated file usually comes from a device whose
     * upload was interrupted while it created the library. That device has not used the key yet.
     */
    static List<KeyName> complete(Collection<StoredObject> listed) {
        return keyNames(listed, true);
    }

    /** Returns the key files of a listing that are too short or far too long. */
    static List<KeyName> truncated(Collection<StoredObject> listed) {
        return keyNames(listed, false);
    }

    private static List<KeyName> keyNames(Collection<StoredObject> listed, boolean isWhole) {
        return listed.stream()
                .filter(object -> (object.size() >= MIN_BYTES && object.size() <= MAX_BYTES) == isWhole)
                .map(object -> KeyName.parse(object.name()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns whether the storage has key files. */
    public boolean exist() {
        return !list().isEmpty();
    }

    /**
     * Opens the keys with a passphrase or recovery code.
     *
     * @throws SyncException if the secret opens no key
     */
    public LibraryKeys unlock(char[] secret) {
        List<StoredObject> listed = storage.list(KeyName.FOLDER, null);
        if (keyNames(listed).isEmpty()) {
            throw new SyncException(Problem.SYNC_KEYS_MISSING, storage.description());
        }
        LibraryKeys opened;
        try {
            opened = open(shuffled(complete(listed)), secret);
        } catch (DamagedFileException e) {
            throw new SyncException(e, Problem.SYNC_KEY_DAMAGED, storage.description());
        }
        if (opened == null && truncated(listed).stream().anyMatch(name -> name.lock() == lockOf(secret))) {
            throw new SyncException(Problem.SYNC_KEY_DAMAGED, storage.description());
        }
        if (opened == null) {
            throw new SyncException(
                    RecoveryCode.isRecoveryCode(secret)
                            ? Problem.SYNC_WRONG_RECOVERY_CODE
                            : Problem.SYNC_WRONG_PASSPHRASE,
                    storage.description());
        }
        return opened;
    }

    /** Returns the names in random order. An attacker thus cannot choose names that every device tries first. */
    public static List<KeyName> shuffled(Collection<KeyName> names) {
        List<KeyName> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return shuffled;
    }

    /**
     * Returns the keys that a passphrase or recovery code opens; {@code null} if it opens none. Tries the files in the
     * given order until {@link #MAX_TRIES} attempts have failed. It never tries a file twice with the same secret, so
     * the next call continues with the other files. Files that were found damaged earlier are read last, because they
     * may have been uploaded again.
     *
     * @throws DamagedFileException if no file opens, and a file that the secret might open is damaged
     * @throws SyncException if no file opens, and either some files were not tried, or there is not enough memory to
     *     open one
     * @throws StorageException if no file opens, and a listed file that the secret might open cannot be read. The
     *     secret may be right.
     */
    public @Nullable LibraryKeys open(Collection<KeyName> names, char[] secret) {
        Lock lock = lockOf(secret);
        char[] code = lock == Lock.RECOVERY ? canonical(secret) : null;
        byte[] passphrase = Passphrase.bytes(code == null ? secret : code);
        try (UnlockAttempt opening = new UnlockAttempt(passphrase)) {
            Map<KeyName, Problem> damaged = FAILED.damaged();
            names.stream()
                    .filter(name -> name.lock() == lock && !damaged.containsKey(name))
                    .forEach(opening::open);
            damaged.keySet().retainAll(names);
            damaged.forEach((name, reason) -> {
                if (name.lock() == lock) {
                    opening.openDamaged(name, reason);
                }
            });
            return opening.result();
        } finally {
            Encryption.wipe(code);
            Arrays.fill(passphrase, (byte) 0);
        }
    }

    private static char[] canonical(char[] recoveryCode) {
        try (RecoveryCode code = RecoveryCode.parse(recoveryCode)) {
            return code.toCharArray();
        }
    }

    /**
     * One attempt to open key files with a secret. It has the opened identities, and the reasons why other files were
     * not opened.
     */
    private final class UnlockAttempt implements AutoCloseable {
        private final byte[] passphrase;
        private final Map<String, Identity> opened = new LinkedHashMap<>();
        private int reads;
        private int tries;
        private @Nullable DamagedFileException damage;
        private @Nullable SyncException tooMuch;
        private @Nullable StorageException unread;
        private @Nullable SyncException untried;

        UnlockAttempt(byte[] passphrase) {
            this.passphrase = passphrase;
        }

        void open(KeyName name) {
            if (opened.containsKey(name.identity()) || FAILED.contains(passphrase, name)) {
                return;
            }
            if (tries == MAX_TRIES || reads == MAX_READS) {
                untried = new SyncException(Problem.SYNC_KEYS_UNTRIED, storage.description());
                return;
            }
            reads++;
            try {
                Identity identity = KeyFiles.this.open(name, passphrase);
                if (identity == null) {
                    tries++;
                    FAILED.add(passphrase, name);
                } else {
                    opened.put(name.identity(), identity);
                }
            } catch (DamagedFileException e) {
                damage = e;
                FAILED.addDamaged(name, e.reason());
            } catch (SyncException e) {
                tries++;
                tooMuch = e;
            } catch (StorageException.ObjectMissingException e) {
                unread = new StorageException(e, Problem.STORAGE_LISTING_BEHIND, storage.description());
            } catch (StorageException e) {
                if (e.problem() != Problem.STORAGE_FILE_NOT_READ) {
                    throw e;
                }
                unread = e;
            }
        }

        /** Opens a key file that was damaged when it was last read. */
        void openDamaged(KeyName name, Problem reason) {
            if (tries == MAX_TRIES || reads == MAX_READS) {
                damage = new DamagedFileException(name.toString(), reason);
            } else {
                open(name);
            }
        }

        @Nullable
        LibraryKeys result() {
            if (!opened.isEmpty()) {
                return keys(opened.values());
            }
            throwIfPresent(untried);
            throwIfPresent(damage);
            throwIfPresent(tooMuch);
            throwIfPresent(unread);
            return null;
        }

        private static void throwIfPresent(@Nullable TidemarkException failure) {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            opened.values().forEach(Identity::close);
        }
    }

    /** Returns the identity in a key file; {@code null} if the passphrase is wrong. */
    private @Nullable Identity open(KeyName name, byte[] passphrase) {
        byte[] text = null;
        try {
            byte[] sealed = storage.get(name.toString(), MAX_BYTES);
            if (!name.isOf(sealed)) {
                throw new DamagedFileException(name.toString(), Problem.FILE_CHECKSUM);
            }
            text = AgeFile.decrypt(sealed, List.of(ScryptStanza.reader(passphrase)));
            KeyRing ring = KeyRing.read(text);
            if (ring.identities().size() != 1 || !ring.current().id().equals(name.identity())) {
                ring.close();
                throw new DamagedFileException(name.toString(), Problem.FILE_RENAMED);
            }
            return ring.current();
        } catch (WrongPassphraseException e) {
            return null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DamagedFileException(name.toString(), Problem.FILE_MALFORMED, e);
        } finally {
            if (text != null) {
                Arrays.fill(text, (byte) 0);
            }
        }
    }

    private static LibraryKeys keys(Collection<Identity> identities) {
        try (KeyRing ring = KeyRing.of(identities)) {
            byte[] text = ring.write();
            try {
                return LibraryKeys.parse(text);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }
    }

    /** Returns the keys as a key ring, which the caller closes. */
    public static KeyRing keyRing(LibraryKeys keys) {
        byte[] text = keys.toBytes();
        try {
            return KeyRing.read(text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Returns the keys of both. */
    public static LibraryKeys union(LibraryKeys one, LibraryKeys other) {
        try (KeyRing first = keyRing(one);
                KeyRing second = keyRing(other)) {
            List<Identity> all = new ArrayList<>(first.identities());
            all.addAll(second.identities());
            return keys(all);
        }
    }

    /** Returns a new key, which is not stored anywhere yet. */
    public static LibraryKeys random(Instant created) {
        try (Identity identity = Identity.random(created)) {
            return keys(List.of(identity));
        }
    }

    /** Encrypts the keys with a new passphrase, then removes the key files of the previous one. */
    public void changePassphrase(LibraryKeys keys, char[] passphrase) {
        requirePassphrase(passphrase);
        reseal(keys, passphrase, Lock.PASSPHRASE);
    }

    private static void requirePassphrase(char[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("A passphrase cannot be empty");
        }
        if (RecoveryCode.isRecoveryCode(secret)) {
            throw new SyncException(Problem.SYNC_CODE_AS_PASSPHRASE);
        }
    }

    /** Creates a new recovery code, then removes the key files of the previous one. */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return withCode(text -> reseal(keys, text, Lock.RECOVERY));
    }

    /**
     * Adds a new key, and encrypts all keys with the passphrase and a new recovery code.
     *
     * @param keep called with all keys before a key file is written
     */
    public RecoveryCode rotateKey(LibraryKeys keys, char[] passphrase, Consumer<LibraryKeys> keep) {
        requirePassphrase(passphrase);
        listForAll(keys);
        try (KeyRing ring = keyRing(keys)) {
            Instant youngest = ring.current().created().plusSeconds(1);
            Instant now = Instant.now();
            try (Identity created = Identity.random(now.isAfter(youngest) ? now : youngest)) {
                List<Identity> all = new ArrayList<>(ring.identities());
                all.add(created);
                LibraryKeys renewed = keys(all);
                keep.accept(renewed);
                reseal(renewed, passphrase, Lock.PASSPHRASE);
                return newRecoveryCode(renewed);
            }
        }
    }

    /** Returns whether the key file is present and matches its hash. */
    public boolean verify(KeyName name) {
        try {
            return name.isOf(storage.get(name.toString(), MAX_BYTES));
        } catch (StorageException.ObjectMissingException | DamagedFileException e) {
            return false;
        }
    }

    /**
     * Encrypts the keys with a passphrase. Removes only truncated key files, because a complete one may belong to a
     * newer passphrase that an outdated listing hides.
     */
    public void addPassphrase(LibraryKeys keys, char[] passphrase) {
        add(keys, passphrase, Lock.PASSPHRASE);
    }

    /** Creates a recovery code in addition to existing ones. */
    public RecoveryCode addRecoveryCode(LibraryKeys keys) {
        return withCode(text -> add(keys, text, Lock.RECOVERY));
    }

    private static RecoveryCode withCode(Consumer<char[]> sealing) {
        RecoveryCode code = RecoveryCode.random();
        char[] text = code.toCharArray();
        try {
            sealing.accept(text);
        } finally {
            Encryption.wipe(text);
        }
        return code;
    }

    private void reseal(LibraryKeys keys, char[] secret, Lock lock) {
        List<KeyName> before = listForAll(keys);
        removeReplaced(before, keys, lock, sealAll(keys, secret, lock));
    }

    /**
     * Lists the key files.
     *
     * @throws SyncException if the storage has no key files because the library is not encrypted, or if a file contains
     *     a key that this device does not have. That key would stay encrypted with the old secret.
     */
    private List<KeyName> listForAll(LibraryKeys keys) {
        List<StoredObject> listed = storage.list(KeyName.FOLDER, null);
        if (keyNames(listed).isEmpty()) {
            throw new SyncException(Problem.SYNC_KEYS_MISSING, storage.description());
        }
        Set<String> held = Set.copyOf(keys.identities());
        if (complete(listed).stream().anyMatch(name -> !held.contains(name.identity()))) {
            throw new SyncException(Problem.SYNC_NEW_KEY, storage.description());
        }
        return keyNames(listed);
    }

    /** Removes those key files of these keys and this kind that are not among the new ones. */
    private void removeReplaced(List<KeyName> names, LibraryKeys keys, Lock lock, Set<KeyName> created) {
        try (KeyRing ring = keyRing(keys)) {
            List<String> sealed = ring.ids();
            for (KeyName name : names) {
                if (name.lock() == lock && sealed.contains(name.identity()) && !created.contains(name)) {
                    storage.delete(name.toString());
                }
            }
        }
    }

    private void add(LibraryKeys keys, char[] secret, Lock lock) {
        Set<KeyName> created = sealAll(keys, secret, lock);
        removeReplaced(truncated(storage.list(KeyName.FOLDER, null)), keys, lock, created);
    }

    private Set<KeyName> sealAll(LibraryKeys keys, char[] secret, Lock lock) {
        Set<KeyName> created = new HashSet<>();
        String nonce = KeyName.freshNonce();
        byte[] passphrase = Passphrase.bytes(secret);
        try (KeyRing ring = keyRing(keys)) {
            for (Identity identity : ring.identities()) {
                created.add(seal(identity, nonce, lock, passphrase));
            }
            return created;
        } finally {
            Arrays.fill(passphrase, (byte) 0);
        }
    }

    /** Stores an identity in a key file. Verifies the file by reading it back and opening it. */
    private KeyName seal(Identity identity, String nonce, Lock lock, byte[] passphrase) {
        int work = lock == Lock.PASSPHRASE ? cost.passphrase() : cost.recovery();
        byte[] sealed;
        try (KeyRing ring = KeyRing.of(List.of(identity))) {
            byte[] text = ring.write();
            try {
                sealed = AgeFile.encrypt(text, ScryptStanza.writer(passphrase, work));
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }
        KeyName name = new KeyName(identity.id(), nonce, ContentHash.of(sealed), lock);
        storage.put(name.toString(), sealed);
        Identity opened;
        try {
            opened = open(name, passphrase);
        } catch (StorageException.ObjectMissingException e) {
            throw new SyncException(e, Problem.SYNC_KEY_NOT_SEALED, storage.description());
        }
        if (opened == null) {
            throw new SyncException(Problem.SYNC_KEY_NOT_SEALED, storage.description());
        }
        try (opened) {
            if (!Objects.equals(opened.id(), identity.id())) {
                throw new SyncException(Problem.SYNC_KEY_NOT_SEALED, storage.description());
            }
        }
        return name;
    }
}
