package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An attacker fills the storage with key files, each of which costs one scrypt computation to try
 * (docs/correctness.md#r18).
 */
class PlantedKeysTest extends EncryptedRemoteFixture {
    private static final int PLANTED = 20;

    private final Secrets anns = passphrase();
    private final List<String> tried = new ArrayList<>();
    private final RemoteStorage watched = new OverridableStorage(storage) {
        @Override
        public byte[] get(String name) {
            if (name.endsWith(".passphrase.age")) {
                tried.add(name);
            }
            return super.get(name);
        }
    };
    private Database ann;
    private String real;

    @BeforeEach
    void publish() {
        ann = device("ann");
        add(ann, "first");
        sync(ann, anns);
        real = sealed().getFirst();
    }

    private List<String> sealed() {
        return names("v1/keys/").stream()
                .filter(name -> name.endsWith(".passphrase.age"))
                .toList();
    }

    private byte[] sealedByEve() {
        MemoryStorage hers = new MemoryStorage();
        KeyFiles.in(hers, ScryptCost.MIN).addPassphrase(KeyFiles.random(Instant.EPOCH), "Eve's".toCharArray());
        return hers.get(hers.list("", null).getFirst().name());
    }

    /** Names sort before any real one. */
    private void plant(int number, String identity, byte[] content) {
        String nonce = String.format("%016x", number);
        storage.put(new KeyName(identity, nonce, ContentHash.of(content), KeyName.Lock.PASSPHRASE).toString(), content);
    }

    private void plantForNobody() {
        for (int number = 0; number < PLANTED; number++) {
            plant(number, String.format("%032x", number), sealedByEve());
        }
    }

    /** So that nothing but their content tells them from the real one. */
    private void plantForTheKeyInUse() {
        String identity = anns.held().identities().getLast();
        for (int number = 0; number < PLANTED; number++) {
            plant(number, identity, sealedByEve());
        }
    }

    @Test
    void aNewDeviceTriesTheKeyThatFilesAreWrittenWithFirstAndAtMostEightOthers() {
        plantForNobody();
        Database bob = device("bob");
        assertThat(sync(bob, watched, passphrase()).pulled()).isEqualTo(1);
        assertThat(tried).startsWith(real);
        assertThat(Set.copyOf(tried)).hasSize(1 + KeyFiles.MAX_TRIES);
        assertEqual(ann, bob);
    }

    @Test
    void whatThePassphraseDidNotOpenIsNotTriedWithItAgain() {
        plantForTheKeyInUse();
        RemoteSession session =
                new RemoteSession(device("bob"), watched, "", InstantSource.system(), passphrase(), ScryptCost.MIN);
        assertThat(refusedAsUntried(session)).isLessThanOrEqualTo(PLANTED / KeyFiles.MAX_TRIES);
        assertThat(tried.subList(0, tried.indexOf(real))).doesNotHaveDuplicates();
    }

    /** How many syncs were, until one went through. */
    private static int refusedAsUntried(RemoteSession session) {
        for (int refused = 0; ; refused++) {
            try {
                assertThat(session.sync(SyncOptions.DEFAULT).isComplete()).isTrue();
                return refused;
            } catch (SyncException e) {
                assertThat(e.problem()).isEqualTo(Problem.SYNC_KEYS_UNTRIED);
                assertThat(refused).isLessThan(PLANTED);
            }
        }
    }

    /** Each has the length of a real one, and not the content that its name says. */
    @Test
    void aHundredDamagedKeyFilesDoNotLockANewDeviceOut() {
        byte[] damaged = sealedByEve();
        for (int number = 0; number < 100; number++) {
            String nonce = String.format("%016x", number);
            String identity = anns.held().identities().getLast();
            String hash = String.format("%032x", number);
            storage.put(new KeyName(identity, nonce, hash, KeyName.Lock.PASSPHRASE).toString(), damaged);
        }
        RemoteSession session =
                new RemoteSession(device("bob"), watched, "", InstantSource.system(), passphrase(), ScryptCost.MIN);
        assertThat(refusedAsUntried(session)).isLessThanOrEqualTo(1);
        KeyFiles files = KeyFiles.in(watched, ScryptCost.MIN);
        char[] wrong = "typed wrongly".toCharArray();
        assertThatThrownBy(() -> files.unlock(wrong)).isInstanceOf(SyncException.class);
        assertRefused(Problem.SYNC_KEY_DAMAGED, () -> files.unlock(wrong));
    }

    /** A program that syncs once and exits remembers nothing, as for another passphrase here. */
    @Test
    void nobodyCanChooseNamesThatAreAlwaysTriedFirst() {
        plantForTheKeyInUse();
        KeyFiles files = KeyFiles.in(watched, ScryptCost.MIN);
        for (int run = 0; run < 20; run++) {
            char[] wrong = ("wrong " + run).toCharArray();
            assertRefused(Problem.SYNC_KEYS_UNTRIED, () -> files.unlock(wrong));
        }
        assertThat(Set.copyOf(tried)).hasSizeGreaterThan(KeyFiles.MAX_TRIES);
    }

    @Test
    void aPassphraseThatWasTypedWronglyIsToldSoOnceAllWereTried() {
        plantForTheKeyInUse();
        KeyFiles files = KeyFiles.in(watched, ScryptCost.MIN);
        assertRefused(Problem.SYNC_KEYS_UNTRIED, () -> files.unlock("typed wrongly".toCharArray()));
        assertRefused(Problem.SYNC_KEYS_UNTRIED, () -> files.unlock("typed wrongly".toCharArray()));
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> files.unlock("typed wrongly".toCharArray()));
        tried.clear();
        assertRefused(Problem.SYNC_WRONG_PASSPHRASE, () -> files.unlock("typed wrongly".toCharArray()));
        assertThat(tried).isEmpty();
    }

    @Test
    void aDeviceWithoutAKeychainTriesFirstWhatThePassphraseOpenedBefore() {
        Secrets bobs = passphrase();
        Database bob = device("bob");
        sync(bob, bobs);
        bobs.forgetKeys();
        plantForTheKeyInUse();
        assertThat(sync(bob, watched, bobs).isComplete()).isTrue();
        assertThat(tried).startsWith(real);
    }

    @Test
    void keysThatAskForTooMuchWorkAreReadAndNotTried() {
        String asking =
                new String(sealedByEve(), StandardCharsets.ISO_8859_1).replaceFirst("(-> scrypt [^ ]+) 1\n", "$1 20\n");
        for (int number = 0; number < PLANTED; number++) {
            byte[] content = (asking + number).getBytes(StandardCharsets.ISO_8859_1);
            plant(number, anns.held().identities().getLast(), content);
        }
        Database bob = device("bob");
        assertThat(sync(bob, passphrase()).isComplete()).isTrue();
        assertEqual(ann, bob);
    }
}
