package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Garbage collection of blobs that no row refers to and no device can need. The test advances days; every present
 * device syncs each day.
 */
class BlobCollectionTest extends BlobFixture {
    private static final byte[] PICTURE = bytes(10_000, 1);

    private Database ann;
    private Database bob;

    @BeforeEach
    void open() {
        ann = device("ann");
        bob = device("bob");
        syncNow(ann);
        syncNow(bob);
    }

    private BlobId attachedAndHeldByBoth() {
        BlobId id = attach(ann, PICTURE);
        syncNow(ann);
        syncNow(bob);
        fetch(bob, id);
        return id;
    }

    @Test
    void whatNothingRefersToGoesAfterAMonthThereAndHere() {
        BlobId id = attachedAndHeldByBoth();
        BlobId other = attach(ann, bytes(10, 2));
        remove(ann, id);
        daysPass(29, ann, bob);
        assertThat(blobs()).hasSize(2);
        assertThat(bob.blobs().isLocal(id)).isTrue();
        daysPass(10, ann, bob);
        assertThat(blobs()).containsExactly("v1/blobs/" + other);
        assertThat(ann.blobs().isLocal(id)).isFalse();
        assertThat(bob.blobs().isLocal(id)).isFalse();
        assertThat(ann.blobs().isLocal(other)).isTrue();
    }

    @Test
    void aSingleDeviceCollectsItsUnusedBlobs() {
        Database eve = device("eve");
        BlobId id = attach(eve, PICTURE);
        remove(eve, id);
        eve.maintenance().run(Duration.ofSeconds(5), () -> false);
        inside(eve).removeUnusedBlobs();
        pass(Duration.ofDays(29));
        inside(eve).removeUnusedBlobs();
        // A deleted row that no other device may know is never forgotten, and what it held neither.
        assertThat(eve.blobs().isLocal(id)).isTrue();
    }

    @Test
    void aFileOfARowDeletedForGoodLeavesTheDeviceAtOnceAndTheStorageLater() {
        BlobId id = attachedAndHeldByBoth();
        BlobId shown = attach(ann, bytes(10, 2));
        remove(ann, id);
        // It may have been added for a row that is about to be written.
        assertThat(ann.discardBlobs(List.of(id, shown))).containsExactly(id);
        pass(Duration.ofHours(2));
        assertThat(ann.discardBlobs(List.of(id, shown))).isEmpty();
        assertThat(ann.blobs().isLocal(id)).isFalse();
        assertThat(ann.blobs().isLocal(shown)).isTrue();
        syncNow(ann);
        assertThat(blobs()).contains("v1/blobs/" + id);
        assertThat(read(bob, id)).isEqualTo(PICTURE);
    }

    @Test
    void aFileThatAnOpenConflictOfADeletedRowRefersToStays() {
        BlobId id = attachedAndHeldByBoth();
        bob.write(tx -> tx.execute("UPDATE picture SET name = 'mine.png'"));
        pass(Duration.ofHours(2));
        remove(ann, id);
        syncNow(bob);
        syncNow(ann);
        assertThat(ann.conflicts()).isNotEmpty();
        assertThat(ann.discardBlobs(List.of(id))).isEmpty();
        assertThat(ann.blobs().isLocal(id)).isTrue();
    }

    @Proof
    @Test
    void trashAndAnOpenConflictKeepIt() {
        BlobId id = attachedAndHeldByBoth();
        ann.write(tx -> tx.execute("UPDATE picture SET trashed = 1"));
        daysPass(40, ann, bob);
        assertThat(blobs()).hasSize(1);
        // Two devices exchange the file at once: the one that lost can still be chosen.
        BlobId better = ann.blobs().add(new java.io.ByteArrayInputStream(bytes(20, 3)));
        BlobId best = bob.blobs().add(new java.io.ByteArrayInputStream(bytes(30, 4)));
        ann.write(tx -> tx.execute("UPDATE picture SET content = ?", better.bytes()));
        bob.write(tx -> tx.execute("UPDATE picture SET content = ?", best.bytes()));
        daysPass(45, ann, bob);
        assertThat(ann.conflicts()).hasSize(1);
        assertThat(blobs()).containsExactlyInAnyOrder("v1/blobs/" + better, "v1/blobs/" + best);
        assertThat(ann.blobs().isLocal(id)).isFalse();
    }

    @Proof
    @Test
    void blobsThatAnAbsentDeviceMayNeedAreRetained() {
        BlobId id = attachedAndHeldByBoth();
        // Bob goes on a journey, and edits there what Ann removes here.
        bob.write(tx -> tx.execute("UPDATE picture SET name = 'mine.png'"));
        remove(ann, id);
        daysPass(100, ann);
        assertThat(blobs()).hasSize(1);
        pass(Duration.ofDays(1));
        bob.write(tx -> tx.execute("UPDATE picture SET name = 'ours.png'"));
        syncNow(bob);
        syncNow(ann);
        assertThat(ann.list(dev.tidemark.engine.Query.of("SELECT name FROM picture")))
                .hasSize(1);
        daysPass(50, ann, bob);
        assertThat(blobs()).hasSize(1);
        assertThat(read(ann, id)).isEqualTo(PICTURE);
        remove(bob, id);
        daysPass(45, ann, bob);
        assertThat(blobs()).isEmpty();
    }

    @Proof
    @Test
    void whoBringsItBackWithinAMonthHasIt() {
        BlobId id = attachedAndHeldByBoth();
        remove(ann, id);
        daysPass(20, ann, bob);
        refer(bob, id);
        daysPass(60, ann, bob);
        assertThat(blobs()).hasSize(1);
        assertThat(read(ann, id)).isEqualTo(PICTURE);
        assertThat(read(bob, id)).isEqualTo(PICTURE);
    }

    @Proof
    @Test
    void whatWasNeededInBetweenIsKeptForAnotherMonth() {
        BlobId id = attachedAndHeldByBoth();
        remove(ann, id);
        daysPass(20, ann, bob);
        refer(bob, id);
        daysPass(10, ann, bob);
        remove(bob, id);
        daysPass(20, ann, bob);
        assertThat(blobs()).hasSize(1);
        daysPass(30, ann, bob);
        assertThat(blobs()).isEmpty();
    }

    @Proof
    @Test
    void attachedAnewAfterItWentItIsThereAgain() {
        BlobId id = attachedAndHeldByBoth();
        remove(ann, id);
        daysPass(40, ann, bob);
        assertThat(blobs()).isEmpty();
        attach(bob, PICTURE);
        syncNow(bob);
        syncNow(ann);
        assertThat(blobs()).hasSize(1);
        fetch(ann, id);
        assertThat(read(ann, id)).isEqualTo(PICTURE);
    }

    /** Somebody relied on a listing, and another device removed what was listed. */
    @Test
    void whatWentBetweenAListingAndAReferenceIsPutAgainWithinADay() {
        BlobId id = attachedAndHeldByBoth();
        storage.delete("v1/blobs/" + id);
        daysPass(1, bob);
        assertThat(blobs()).hasSize(1);
    }

    @Proof
    @Test
    void aFileWhoseReferenceIsStillToComeStays() {
        // Ann's upload is done, and then her line breaks for a season.
        BlobId id = attach(ann, PICTURE);
        storage.put("v1/blobs/" + id, PICTURE);
        // Who has no attachments looks at none.
        BlobId bobs = attach(bob, bytes(10, 2));
        daysPass(90, bob);
        assertThat(blobs()).containsExactlyInAnyOrder("v1/blobs/" + id, "v1/blobs/" + bobs);
        syncNow(ann);
        daysPass(40, ann, bob);
        assertThat(blobs()).containsExactlyInAnyOrder("v1/blobs/" + id, "v1/blobs/" + bobs);
    }

    /**
     * Only a snapshot refers to the blob: every reader has acknowledged the changes, so compaction has removed them.
     */
    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"v1/snapshots/", "v1/base/"})
    void whatASnapshotThatCannotBeReadMayReferToStays(String unreadable) {
        BlobId id = attach(ann, PICTURE);
        UUID note = Ids.next();
        ann.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, '')", note));
        for (int edit = 0; edit < 40; edit++) {
            byte[] noise = bytes(48 << 10, edit);
            ann.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", noise, note));
            ann.write(tx -> tx.execute("UPDATE todo SET title = title || '.' WHERE id = ?", note));
        }
        syncNow(ann);
        names("v1/log/").forEach(storage::delete);
        names("v1/devices/").forEach(storage::delete);
        FaultyStorage bad = new FaultyStorage(storage);
        bad.unreadable(names(unreadable).getFirst(), true);
        Database eve = device("eve");
        // Who has no attachments looks at none.
        BlobId eves = attach(eve, bytes(10, 2));
        RemoteSession eveRuns = session(eve, bad);
        for (int day = 0; day < 40; day++) {
            pass(Duration.ofDays(1).plusMinutes(5));
            eveRuns.sync(SyncOptions.DEFAULT);
        }
        assertThat(blobs()).containsExactlyInAnyOrder("v1/blobs/" + id, "v1/blobs/" + eves);
    }

    @Proof
    @Test
    void whatWasFoundUnusedWhileTheClockWasYearsAheadGoesAMonthAfterItWasSetRight() {
        BlobId id = attachedAndHeldByBoth();
        remove(ann, id);
        pass(Duration.ofDays(1_000));
        daysPass(5, ann, bob);
        pass(Duration.ofDays(-1_000));
        daysPass(20, ann, bob);
        assertThat(blobs()).containsExactly("v1/blobs/" + id);
        daysPass(45, ann, bob);
        assertThat(blobs()).isEmpty();
        assertThat(ann.blobs().isLocal(id)).isFalse();
    }

    @Proof
    @Test
    void aRetiredDeviceIsNotWaitedFor() {
        BlobId id = attachedAndHeldByBoth();
        remove(ann, id);
        daysPass(3, ann);
        session(ann, storage).retire(bob.replica(), dev.tidemark.engine.sync.SyncOptions.DEFAULT);
        daysPass(40, ann);
        assertThat(blobs()).isEmpty();
    }

    /** An older version of the program knows nothing of a column that refers to files. */
    @Proof
    @Test
    void anOlderVersionRemovesNothing() {
        Schema newer = Schema.builder()
                .migration("create", BlobFixture.SCHEMA.migrations().getFirst().step())
                .migration("album", "CREATE TABLE album(id BLOB PRIMARY KEY NOT NULL, cover BLOB)")
                .synced("todo", "picture", "album")
                .blobs("picture", "content")
                .blobs("album", "cover")
                .build();
        Database eve = device("eve", newer);
        syncNow(eve);
        BlobId id = eve.blobs().add(new java.io.ByteArrayInputStream(PICTURE));
        UUID album = dev.tidemark.engine.Ids.next();
        eve.write(tx -> tx.execute("INSERT INTO album(id, cover) VALUES (?, ?)", album, id.bytes()));
        syncNow(eve);
        fetch(ann, id);
        // She syncs first: what the others remove is not put again before anybody looks.
        daysPass(50, eve, ann, bob);
        assertThat(blobs()).hasSize(1);
        assertThat(ann.blobs().isLocal(id)).isTrue();
    }

    @Proof
    @Test
    void aCellOfAWrongTypeKeepsNoFile() {
        Schema strict = Schema.builder()
                .migration("create", """
                    CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT) STRICT;
                    CREATE TABLE picture(id BLOB PRIMARY KEY NOT NULL, name TEXT, content BLOB, trashed INTEGER) STRICT\
                    """)
                .synced("todo", "picture")
                .blobs("picture", "content")
                .build();
        Database eve = device("eve", strict);
        syncNow(eve);
        BlobId id = attachedAndHeldByBoth();
        BlobId soiled = attach(ann, bytes(10, 2));
        ann.write(tx -> tx.execute("UPDATE picture SET trashed = 'yes' WHERE content = ?", soiled.bytes()));
        remove(ann, id);
        syncNow(ann);
        syncNow(eve);
        fetch(eve, id);
        fetch(eve, soiled);
        assertThat(eve.waitingCells()).hasSize(1);
        pass(Duration.ofHours(2));
        assertThat(eve.discardBlobs(List.of(id))).isEmpty();
        assertThat(eve.blobs().isLocal(id)).isFalse();
        daysPass(45, eve, ann, bob);
        assertThat(blobs()).containsExactly("v1/blobs/" + soiled);
        assertThat(eve.blobs().isLocal(soiled)).isTrue();
    }
}
