package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attachments in an encrypted library. */
class EncryptedAttachmentTest extends BlobFixture {
    private static final byte[] PICTURE = bytes(300_000, 1);

    private final Secrets anns = passphrase();
    private final Secrets bobs = passphrase();
    private Database ann;
    private Database bob;

    @BeforeEach
    void open() {
        ann = device("ann");
        bob = device("bob");
        session(ann, anns).sync(SyncOptions.DEFAULT);
        session(bob, bobs).sync(SyncOptions.DEFAULT);
    }

    private RemoteSession session(Database database, Secrets secrets) {
        return session(database, secrets, storage);
    }

    private RemoteSession session(Database database, Secrets secrets, RemoteStorage through) {
        return new RemoteSession(database, through, "", () -> now, secrets, ScryptCost.MIN);
    }

    @Test
    void neitherNameNorContentTellsWhatItIs() {
        BlobId id = attach(ann, PICTURE);
        session(ann, anns).sync(SyncOptions.DEFAULT);
        String name = blobs().getFirst();
        assertThat(blobs()).hasSize(1);
        assertThat(name).matches("v1/blobs/[0-9a-f]{64}\\.[0-9a-f]{8}\\.age").doesNotContain(id.hex());
        byte[] sealed = storage.get(name);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n")
                .doesNotContain(new String(PICTURE, 1_000, 50, StandardCharsets.ISO_8859_1));
        session(bob, bobs).sync(SyncOptions.DEFAULT);
        session(bob, bobs).downloadBlob(id, bytes -> {});
        assertThat(read(bob, id)).isEqualTo(PICTURE);
        // Listed by another session, it is known as what it is, and not put again.
        pass(Duration.ofDays(2));
        session(bob, bobs).sync(SyncOptions.DEFAULT);
        assertThat(storage.get(name)).isEqualTo(sealed);
    }

    @Test
    void aChangedOrExchangedFileIsNoticedAndPutAgain() {
        BlobId one = attach(ann, PICTURE);
        BlobId other = attach(ann, bytes(300_000, 2));
        session(ann, anns).sync(SyncOptions.DEFAULT);
        session(bob, bobs).sync(SyncOptions.DEFAULT);
        List<String> names = blobs();
        byte[] first = storage.get(names.get(0));
        storage.put(names.get(0), storage.get(names.get(1)));
        byte[] changed = storage.get(names.get(1));
        changed[200_000] ^= 1;
        storage.put(names.get(1), changed);
        for (BlobId id : List.of(one, other)) {
            assertThatThrownBy(() -> session(bob, bobs).downloadBlob(id, bytes -> {}))
                    .isInstanceOf(BlobException.class)
                    .hasMessageContaining("is damaged in");
        }
        session(bob, bobs).sync(SyncOptions.DEFAULT);
        session(ann, anns).sync(SyncOptions.DEFAULT);
        for (BlobId id : List.of(one, other)) {
            session(bob, bobs).downloadBlob(id, bytes -> {});
        }
        assertThat(read(bob, one)).isEqualTo(PICTURE);
        assertThat(storage.get(names.get(0))).hasSize(first.length);
    }

    @Test
    void afterThePassphraseWasChangedTheyAreTheSame() {
        BlobId id = attach(ann, PICTURE);
        session(ann, anns).sync(SyncOptions.DEFAULT);
        List<String> before = blobs();
        keyFiles().changePassphrase(anns.held(), "another passphrase altogether".toCharArray());
        Secrets news = new Secrets("another passphrase altogether");
        Database eve = device("eve");
        session(eve, news).sync(SyncOptions.DEFAULT);
        session(eve, news).downloadBlob(id, bytes -> {});
        assertThat(read(eve, id)).isEqualTo(PICTURE);
        assertThat(blobs()).isEqualTo(before);
    }

    @Test
    void aWipedLibraryGetsThemAgainInItsNewEpoch() {
        BlobId id = attach(ann, PICTURE);
        session(ann, anns).sync(SyncOptions.DEFAULT);
        names().forEach(storage::delete);
        session(ann, anns).startNewEpoch(SyncOptions.DEFAULT);
        assertThat(blobs()).hasSize(1);
        Database eve = device("eve");
        Secrets eves = passphrase();
        session(eve, eves).sync(SyncOptions.DEFAULT);
        session(eve, eves).downloadBlob(id, bytes -> {});
        assertThat(read(eve, id)).isEqualTo(PICTURE);
    }

    @Test
    void theyAreCollectedUnderTheNamesThatTheyHave() {
        BlobId id = attach(ann, PICTURE);
        session(ann, anns).sync(SyncOptions.DEFAULT);
        session(bob, bobs).sync(SyncOptions.DEFAULT);
        remove(ann, id);
        for (int day = 0; day < 40; day++) {
            pass(Duration.ofHours(25));
            if (day > 3 && day < 36) {
                continue;
            }
            session(ann, anns).sync(SyncOptions.DEFAULT);
            session(bob, bobs).sync(SyncOptions.DEFAULT);
            ann.maintenance().run(Duration.ofSeconds(5), () -> false);
            bob.maintenance().run(Duration.ofSeconds(5), () -> false);
        }
        assertThat(blobs()).isEmpty();
    }

    @Proof
    @Test
    void aLargeFileIsSealedOnceAndADownloadGoesOnWhereItWas() throws Exception {
        byte[] large = bytes(20 << 20, 4);
        BlobId id = attach(ann, large);
        try (RemoteStorage shared = FolderStorage.open(Files.createDirectory(folder.resolve("shared")))) {
            Secrets own = passphrase();
            Secrets others = passphrase();
            Database eve = device("eve");
            attach(eve, large);
            session(eve, own, shared).sync(SyncOptions.DEFAULT);
            Database max = device("max");
            session(max, others, shared).sync(SyncOptions.DEFAULT);
            assertThatThrownBy(() -> session(max, others, shared).downloadBlob(id, bytes -> {
                        if (bytes > 10 << 20) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            CountingStorage counted = new CountingStorage(shared);
            session(max, others, counted).downloadBlob(id, bytes -> {});
            assertThat(counted.counts().bytesReceived()).isLessThan(5 << 20);
            assertThat(read(max, id)).isEqualTo(large);
        }
    }
}
