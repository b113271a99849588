package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks by a party with write access to the storage and no key (docs/correctness.md#r18). */
class EncryptionAttackTest extends EncryptedRemoteFixture {
    private final Secrets anns = passphrase();
    private Database ann;

    @BeforeEach
    void publish() {
        ann = device("ann");
        add(ann, "first");
        sync(ann, anns);
        add(ann, "second " + "long ".repeat(100));
        sync(ann, anns);
        assertThat(segments()).hasSize(2);
    }

    private void assertNotTaken(Problem reason, int files) {
        Database bob = device("bob");
        SyncReport report = sync(bob, passphrase());
        assertThat(report.isComplete()).isFalse();
        assertThat(report.quarantined()).hasSize(files).allMatch(file -> file.reason() == reason);
        assertThat(bob.dump()).doesNotContain("second");
    }

    /** Whoever wrote what was damaged puts it again; then everybody has it. */
    private void assertMends() {
        assertThat(sync(ann, anns).isComplete()).isTrue();
        Database cid = device("cid");
        assertThat(sync(cid, passphrase()).isComplete()).isTrue();
        assertEqual(ann, cid);
    }

    private static String withRange(String segment, int first, int last) {
        return segment.replaceFirst("[0-9]{12}-[0-9]{12}", String.format("%012d-%012d", first, last));
    }

    @Test
    void aRenamedFileIsNotTaken() {
        String second = segments().getLast();
        storage.put(withRange(second, 2, 3), storage.get(second));
        storage.delete(second);
        assertNotTaken(Problem.FILE_NOT_AUTHENTIC, 1);
    }

    @Test
    void aFileUnderAnotherHashIsNotTaken() {
        String second = segments().getLast();
        storage.put(second.replaceFirst("-[0-9a-f]{32}", "-" + "0".repeat(32)), storage.get(second));
        storage.delete(second);
        assertNotTaken(Problem.FILE_NOT_AUTHENTIC, 1);
        assertMends();
    }

    @Test
    void aFileUnderAnotherReplicasNameIsNotTaken() {
        String first = segments().getFirst();
        storage.put(first.replace(ann.replica().toString(), "0123456789abcdef"), storage.get(first));
        Database bob = device("bob");
        SyncReport report = sync(bob, passphrase());
        assertThat(report.quarantined()).hasSize(1).allMatch(file -> file.reason() == Problem.FILE_NOT_AUTHENTIC);
        assertThat(bob.changelog().vector().heads()).hasSize(1);
    }

    @Test
    void exchangedFilesAreNotTaken() {
        String first = segments().getFirst();
        String second = segments().getLast();
        byte[] content = storage.get(first);
        storage.put(first, storage.get(second));
        storage.put(second, content);
        assertNotTaken(Problem.FILE_NOT_AUTHENTIC, 1);
        assertMends();
    }

    @Proof
    @Test
    void changedAndCutFilesAreNotTaken() {
        String second = segments().getLast();
        byte[] good = storage.get(second);
        for (int at : new int[] {0, 30, 100, 170, good.length / 2, good.length - 1}) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            storage.put(second, changed);
            assertThat(sync(device("bob" + at), passphrase()).quarantined())
                    .as("byte " + at)
                    .hasSize(1)
                    .allMatch(file -> file.reason() == Problem.FILE_NOT_DECRYPTED);
        }
        for (int length : new int[] {0, 10, 168, 184, good.length - 1}) {
            storage.put(second, Arrays.copyOf(good, length));
            assertThat(sync(device("cut" + length), passphrase()).quarantined())
                    .as(length + " bytes")
                    .hasSize(1);
        }
        storage.put(second, Arrays.copyOf(good, good.length + 1));
        assertThat(sync(device("longer"), passphrase()).quarantined()).hasSize(1);
        assertMends();
    }

    @Test
    void aPlainFileAmongEncryptedOnesIsNotRead() {
        Database eve = device("eve");
        add(eve, "planted");
        MemoryStorage hers = new MemoryStorage();
        sync(eve, hers, Encryption.NONE);
        List<StoredObject> planted = hers.list("v1/log/", null);
        planted.forEach(file -> storage.put(file.name(), hers.get(file.name())));
        Database bob = device("bob");
        SyncReport report = sync(bob, passphrase());
        assertThat(report.quarantined())
                .hasSize(1)
                .allMatch(file ->
                        file.name().equals(planted.getFirst().name()) && file.reason() == Problem.FILE_NOT_ENCRYPTED);
        assertThat(bob.dump()).contains("first").doesNotContain("planted");
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void aLibraryFileThatSaysNoneIsRefused() {
        String library = names("v1/library/").getFirst();
        byte[] honest = storage.get(library);
        storage.put(library, saying(honest, text -> text.replace("\"age\"", "\"none\"")));
        add(ann, "after");
        List<String> before = names();
        assertRefused(Problem.SYNC_DOWNGRADED, () -> sync(ann, anns));
        assertRefused(Problem.SYNC_NOT_ENCRYPTED, () -> sync(device("bob"), passphrase()));
        assertThat(names()).isEqualTo(before);
        storage.put(library, honest);
        assertThat(sync(ann, anns).pushed()).isEqualTo(1);
    }

    @Test
    void aLibraryFileThatSaysNoneIsRefusedAlsoBesideAnotherThatIsEncrypted() {
        RemoteStorage others = new MemoryStorage();
        Database dan = device("dan");
        add(dan, "another library");
        sync(dan, others, passphrase());
        others.list("", null).forEach(file -> storage.put(file.name(), others.get(file.name())));
        String library = "v1/library/" + RemoteNames.hex(ann.library());
        String ours = names(library).getFirst();
        storage.put(ours, saying(storage.get(ours), text -> text.replace("\"age\"", "\"none\"")));
        add(ann, "after");
        List<String> before = names();
        assertRefused(Problem.SYNC_DOWNGRADED, () -> sync(ann, anns));
        assertThat(names()).isEqualTo(before);
        assertThat(dan.library()).isNotEqualTo(ann.library());
    }

    @Test
    void aPlainLibraryBesideIsNotFollowed() {
        String library = names("v1/library/").getFirst();
        String plain = "v1/library/" + "0".repeat(32) + "-00000001.json";
        storage.put(
                plain,
                saying(
                        storage.get(library),
                        text -> text.replace("\"age\"", "\"none\"")
                                .replaceFirst(
                                        "\"library\":\"[0-9a-f]{32}\"", "\"library\":\"" + "0".repeat(32) + "\"")));
        add(ann, "after");
        assertThat(sync(ann, anns).isComplete()).isTrue();
        Database bob = device("bob");
        assertThat(sync(bob, passphrase()).isComplete()).isTrue();
        assertEqual(ann, bob);
        assertThat(bob.library().toString()).doesNotStartWith("00000000");
    }

    @Test
    void aStoragePutBackToAnEarlierStateIsBroughtUpAgain() {
        Map<String, byte[]> earlier = contents(storage);
        Database bob = device("bob");
        Secrets bobs = passphrase();
        sync(bob, bobs);
        add(ann, "third");
        sync(ann, anns);
        sync(bob, bobs);
        names().forEach(storage::delete);
        earlier.forEach(storage::put);
        assertThat(sync(ann, anns).pushed()).isPositive();
        assertThat(sync(bob, bobs).isComplete()).isTrue();
        assertEqual(ann, bob);
        assertMends();
    }

    @Test
    void anOlderKeyThatIsPutBackIsNotWrittenWithAgain() {
        Map<String, byte[]> earlier = contents(storage);
        keyFiles().rotateKey(anns.held(), PASSPHRASE.toCharArray(), anns::unlocked);
        add(ann, "with the new key");
        sync(ann, anns);
        putBackKeys(earlier);
        List<String> before = segments();
        add(ann, "still with the new key");
        sync(ann, anns);
        String newest = anns.held().identities().getLast().substring(0, 8);
        assertThat(segments().stream().filter(name -> !before.contains(name)))
                .isNotEmpty()
                .allMatch(name -> name.endsWith("." + newest + ".age"));
    }

    private void putBackKeys(Map<String, byte[]> earlier) {
        names("v1/keys/").forEach(storage::delete);
        plantKeys(earlier);
    }

    private void plantKeys(Map<String, byte[]> earlier) {
        earlier.forEach((name, content) -> {
            if (name.startsWith("v1/keys/")) {
                storage.put(name, content);
            }
        });
    }

    /**
     * Bob has no keychain, and has written with the key that Ann made; then he restarts, and the keys before it are
     * back.
     */
    private Secrets bobsAfterNewKey(Database bob) {
        Secrets bobs = passphrase();
        sync(bob, bobs);
        keyFiles().rotateKey(anns.held(), "another passphrase".toCharArray(), anns::unlocked);
        sync(ann, anns);
        bobs.type("another passphrase");
        sync(bob, bobs);
        assertThat(bobs.held().identities()).hasSize(2);
        bobs.forgetKeys();
        add(bob, "not for whoever has the old key");
        return bobs;
    }

    @Test
    void anOlderKeyThatIsPutBackIsNotWrittenWithByADeviceWithoutAKeychain() {
        Map<String, byte[]> earlier = contents(storage);
        Database bob = device("bob");
        Secrets bobs = bobsAfterNewKey(bob);
        putBackKeys(earlier);
        List<String> before = names();
        for (String typed : List.of(PASSPHRASE, "another passphrase", text(anns.code()))) {
            bobs.type(typed);
            assertRefused(Problem.SYNC_KEYS_PUT_BACK, () -> sync(bob, bobs));
        }
        assertThat(names()).isEqualTo(before);

        keyFiles().changePassphrase(anns.held(), "third passphrase".toCharArray());
        bobs.type("third passphrase");
        assertThat(sync(bob, bobs).pushed()).isEqualTo(1);
        String newest = bobs.held().identities().getLast().substring(0, 8);
        assertThat(segments().stream().filter(name -> !before.contains(name)))
                .hasSize(1)
                .allMatch(name -> name.endsWith("." + newest + ".age"));
    }

    @Test
    void anOlderKeyThatIsPutBackBesideTheNewOneIsNotWrittenWithByADeviceWithoutAKeychain() {
        Map<String, byte[]> earlier = contents(storage);
        Database bob = device("bob");
        Secrets bobs = bobsAfterNewKey(bob);
        plantKeys(earlier);
        List<String> before = names();
        bobs.type(PASSPHRASE);
        assertRefused(Problem.SYNC_PASSPHRASE_CHANGED, () -> sync(bob, bobs));
        bobs.type(text(anns.code()));
        assertRefused(Problem.SYNC_WRONG_RECOVERY_CODE, () -> sync(bob, bobs));
        assertThat(names()).isEqualTo(before);
        bobs.type("another passphrase");
        assertThat(sync(bob, bobs).pushed()).isEqualTo(1);
    }

    @Test
    void aLibraryThatWasSetUpAgainWithAnotherKeyIsWrittenToOnlyAfterAPersonConnectsToIt() {
        Database bob = device("bob");
        Secrets bobs = passphrase();
        sync(bob, bobs);
        bobs.forgetKeys();
        names().forEach(storage::delete);
        Secrets fresh = new Secrets("another passphrase");
        RemoteSession publisher = new RemoteSession(ann, storage, "", InstantSource.system(), fresh, ScryptCost.MIN);
        assertThat(publisher.startNewEpoch(SyncOptions.DEFAULT).isComplete()).isTrue();
        add(bob, "of Bob");
        assertRefused(Problem.SYNC_KEYS_PUT_BACK, () -> sync(bob, bobs));
        bobs.type("another passphrase");
        assertRefused(Problem.SYNC_PUBLISHED_ANEW, () -> sync(bob, bobs));
        assertThat(new RemoteSession(bob, storage, "", InstantSource.system(), bobs, ScryptCost.MIN)
                        .merge(SyncOptions.DEFAULT)
                        .isComplete())
                .isTrue();
        assertThat(sync(bob, bobs).isComplete()).isTrue();
        sync(ann, fresh);
        assertEqual(ann, bob);
    }

    private static Map<String, byte[]> contents(RemoteStorage storage) {
        Map<String, byte[]> contents = new TreeMap<>();
        storage.list("", null).forEach(object -> contents.put(object.name(), storage.get(object.name())));
        return contents;
    }
}
