package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.KeyName.Lock;
import dev.tidemark.engine.internal.encryption.ScryptStanza.WrongPassphraseException;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.SyncException;
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
 * The sealed identities in a storage: each in files of its own, some sealed with the passphrase, some with the recovery
 * code. What a file is called says what is in it, so that none is removed before what it holds lies there anew.
 */
public final class KeyFiles {
    /** Far more than one takes; nothing larger is fetched. */
    public static final int MAX_BYTES = 16 << 10;

    /**
     * The least that a sealed identity takes: version line, one scrypt stanza with a work factor of one digit, the header's
     * authenticator, nonce, one identity with its time, tag.
     */
    private static final int MIN_BYTES = 22 + (10 + 22 + 1 + 1 + 1 + 44) + 48 + 16 + 107 + 16;

    /** So many sealed identities are tried in vain at once: each costs half a second, and anybody can put some there. */
    public static final int MAX_TRIES = 8;

    /** So many are read at once, tried or not. */
    private static final int MAX_READS = 64;

    private static final FailedKeys FAILED = new FailedKeys();

    private final RemoteStorage storage;
    private final ScryptCost cost;

    private KeyFiles(RemoteStorage storage, ScryptCost cost) {
        this.storage = storage;
        this.cost = cost;
    }

    /** Those in this storage, which is not asked yet. */
    public static KeyFiles in(RemoteStorage storage) {
        return in(storage, ScryptCost.DEFAULT);
    }

    /** @param cost what sealing costs */
    public static KeyFiles in(RemoteStorage storage, ScryptCost cost) {
        return new KeyFiles(storage, cost);
    }

    /** The sealed identities there. */
    public List<KeyName> list() {
        return named(storage.list(KeyName.FOLDER, null));
    }

    private static List<KeyName> named(Collection<StoredObject> listed) {
        return listed.stream()
                .map(StoredObject::name)
                .map(KeyName::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Which kind of sealed keys a secret opens. */
    public static Lock lockOf(char[] secret) {
        return RecoveryCode.isRecoveryCode(secret) ? Lock.RECOVERY : Lock.PASSPHRASE;
    }

    /**
     * The sealed identities in a listing, without those whose length shows that they are damaged. Mostly only a part of them has
     * arrived: whoever was putting one when a library was founded has not used the key yet, and seals it again or never.
     */
    static List<KeyName> complete(Collection<StoredObject> listed) {
        return named(listed, true);
    }

    /** Those that are clearly damaged: of which only a part is there, or far more than there should be. */
    static List<KeyName> truncated(Collection<StoredObject> listed) {
        return named(listed, false);
    }

    private static List<KeyName> named(Collection<StoredObject> listed, boolean isWhole) {
        return listed.stream()
                .filter(object -> (object.size() >= MIN_BYTES && object.size() <= MAX_BYTES) == isWhole)
                .map(object -> KeyName.parse(object.name()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether there are any. */
    public boolean exist() {
        return !list().isEmpty();
    }

    /**
     * The keys that a passphrase or recovery code opens.
     *
     * @throws SyncException if it opens none
     */
    public LibraryKeys unlock(char[] secret) {
        List<StoredObject> listed = storage.list(KeyName.FOLDER, null);
        if (named(listed).isEmpty()) {
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

    /** In an order of chance: nobody can choose names that all devices try first for ever. */
    public static List<KeyName> shuffled(Collection<KeyName> names) {
        List<KeyName> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return shuffled;
    }

    /**
     * The keys among these that a passphrase or recovery code opens; null if there are none. At most {@link #MAX_TRIES} are
     * tried in vain, those in front first, and none again with the same secret: the next call goes on with the others. Those that
     * were damaged before are read last, as somebody may have put them again.
     *
     * @throws DamagedFileException if there are none, and a file that it might open is damaged
     * @throws SyncException if there are none, and there is not enough memory to open a file that it might open, or some were
     *     not tried
     * @throws StorageException if there are none, and a file that it might open is listed and cannot be had or read: the
     *     passphrase may be right
     */
    public @Nullable LibraryKeys open(Collection<KeyName> names, char[] secret) {
        char[] code = RecoveryCodeFormat.normalize(secret);
        byte[] passphrase = Passphrase.bytes(code == null ? secret : code);
        Lock lock = code == null ? Lock.PASSPHRASE : Lock.RECOVERY;
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

    /** What a secret opens, and why it did not open the rest. */
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
            } catch (ObjectMissingException e) {
                unread = new StorageException(e, Problem.STORAGE_LISTING_BEHIND, storage.description());
            } catch (StorageException e) {
                if (e.problem() != Problem.STORAGE_FILE_NOT_READ) {
                    throw e;
                }
                unread = e;
            }
        }

        /** One that was damaged before. */
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
            requireNone(untried);
            requireNone(damage);
            requireNone(tooMuch);
            requireNone(unread);
            return null;
        }

        private static void requireNone(@Nullable TidemarkException failure) {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            opened.values().forEach(Identity::close);
        }
    }

    /** Null if the passphrase is another. */
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

    /** The same keys as a ring. Close it. */
    public static KeyRing ring(LibraryKeys keys) {
        byte[] text = keys.toBytes();
        try {
            return KeyRing.read(text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** All keys of both. */
    public static LibraryKeys union(LibraryKeys one, LibraryKeys other) {
        try (KeyRing first = ring(one);
                KeyRing second = ring(other)) {
            List<Identity> all = new ArrayList<>(first.identities());
            all.addAll(second.identities());
            return keys(all);
        }
    }

    /** A new key, which is in no storage yet. */
    public static LibraryKeys random(Instant created) {
        try (Identity identity = Identity.random(created)) {
            return keys(List.of(identity));
        }
    }

    /** Seals the keys with another passphrase, and then removes what they were sealed with before. */
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

    /** Makes another recovery code, and then removes what was sealed with the one before. */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return withCode(text -> reseal(keys, text, Lock.RECOVERY));
    }

    /**
     * Adds a new key to these, sealed with a passphrase and a recovery code as the others are.
     *
     * @param kept is given all of them, before anything is stored
     */
    public RecoveryCode rotateKey(LibraryKeys keys, char[] passphrase, Consumer<LibraryKeys> kept) {
        requirePassphrase(passphrase);
        listForAll(keys);
        try (KeyRing ring = ring(keys)) {
            Instant youngest = ring.current().created().plusSeconds(1);
            Instant now = Instant.now();
            try (Identity fresh = Identity.random(now.isAfter(youngest) ? now : youngest)) {
                List<Identity> all = new ArrayList<>(ring.identities());
                all.add(fresh);
                LibraryKeys renewed = keys(all);
                kept.accept(renewed);
                reseal(renewed, passphrase, Lock.PASSPHRASE);
                return newRecoveryCode(renewed);
            }
        }
    }

    /** Whether a sealed identity lies there as it was put. */
    public boolean verify(KeyName name) {
        try {
            return name.isOf(storage.get(name.toString(), MAX_BYTES));
        } catch (ObjectMissingException | DamagedFileException e) {
            return false;
        }
    }

    /**
     * Seals the keys with a passphrase, and removes only what was cut off: where a listing does not show what lies there, that
     * may be sealed with a newer one.
     */
    public void addPassphrase(LibraryKeys keys, char[] passphrase) {
        add(keys, passphrase, Lock.PASSPHRASE);
    }

    /** Makes a recovery code beside any that there is. */
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
     * Those there, all of which these keys are sealed in.
     *
     * @throws SyncException if another key lies there: what it is sealed with would stay as it is, and open nothing else any
     *     more; or none, as where the library is not encrypted
     */
    private List<KeyName> listForAll(LibraryKeys keys) {
        List<StoredObject> listed = storage.list(KeyName.FOLDER, null);
        if (named(listed).isEmpty()) {
            throw new SyncException(Problem.SYNC_KEYS_MISSING, storage.description());
        }
        Set<String> held = Set.copyOf(keys.identities());
        if (complete(listed).stream().anyMatch(name -> !held.contains(name.identity()))) {
            throw new SyncException(Problem.SYNC_NEW_KEY, storage.description());
        }
        return named(listed);
    }

    /** What is sealed anew, unless it is what it was sealed anew as. */
    private void removeReplaced(List<KeyName> names, LibraryKeys keys, Lock lock, Set<KeyName> fresh) {
        try (KeyRing ring = ring(keys)) {
            List<String> sealed = ring.ids();
            for (KeyName name : names) {
                if (name.lock() == lock && sealed.contains(name.identity()) && !fresh.contains(name)) {
                    storage.delete(name.toString());
                }
            }
        }
    }

    private void add(LibraryKeys keys, char[] secret, Lock lock) {
        Set<KeyName> fresh = sealAll(keys, secret, lock);
        removeReplaced(truncated(storage.list(KeyName.FOLDER, null)), keys, lock, fresh);
    }

    private Set<KeyName> sealAll(LibraryKeys keys, char[] secret, Lock lock) {
        Set<KeyName> fresh = new HashSet<>();
        String nonce = KeyName.freshNonce();
        byte[] passphrase = Passphrase.bytes(secret);
        try (KeyRing ring = ring(keys)) {
            for (Identity identity : ring.identities()) {
                fresh.add(seal(identity, nonce, lock, passphrase));
            }
            return fresh;
        } finally {
            Arrays.fill(passphrase, (byte) 0);
        }
    }

    /** Only what was read back and opened counts as sealed. */
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
        } catch (ObjectMissingException e) {
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
