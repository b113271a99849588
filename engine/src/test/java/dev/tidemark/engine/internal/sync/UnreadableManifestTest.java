package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Ids;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An unreadable snapshot manifest delays the garbage collection of attachments, but does not stop it. */
class UnreadableManifestTest extends CarriedFoldersFixture {
    private final Random random = new Random(30);
    private BlobId picture;

    @BeforeEach
    void begin() {
        sync("ann");
        settle("ann", "bob", "cid");
        picture = device("ann").blobs().add(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        write("ann", "INSERT INTO picture(id, content) VALUES (?, ?)", Ids.next(), picture.bytes());
        settle("ann", "bob", "cid");
    }

    /** Cid types until the log has outgrown what it leads to. */
    private String snapshotOfCid() {
        UUID row = new UUID(8, 8);
        for (int edit = 0; edit < 60; edit++) {
            byte[] noise = new byte[24 << 10];
            random.nextBytes(noise);
            write("cid", "DELETE FROM todo WHERE id = ?", row);
            write("cid", "INSERT INTO todo(id, title, note) VALUES (?, 'much', ?)", row, noise);
        }
        sync("cid", "cid");
        return manifests("cid").getFirst();
    }

    private List<String> manifests(String name) {
        return names(folder(name)).stream()
                .filter(file -> file.startsWith("v1/snapshots/"))
                .toList();
    }

    private boolean hasPicture(String name) {
        return names(folder(name)).contains("v1/blobs/" + picture);
    }

    /** The carrier has brought all, of the manifest only half. */
    private void carryHalf(String manifest, String... names) throws IOException {
        byte[] whole = Files.readAllBytes(folder("cid").resolve(manifest));
        for (String name : names) {
            copyMissing(folder("cid"), folder(name), file -> !file.equals(manifest));
            Path half = folder(name).resolve(manifest);
            Files.createDirectories(half.getParent());
            Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        }
    }

    private void monthPasses(String... names) {
        for (int day = 0; day < 45; day++) {
            daysPass(1);
            if (day < 5 || day > 30) {
                carry(names);
                sync(names);
                collectGarbage(names);
            }
        }
    }

    @Proof
    @Test
    void attachmentsAreCollectedAMonthAfterALostDeviceLeftHalfAManifest() throws IOException {
        carryDeletes();
        String manifest = snapshotOfCid();
        carryHalf(manifest, "ann", "bob");
        sync("ann", "bob");
        library("ann").retire(id("cid"), SyncOptions.DEFAULT);
        write("ann", "DELETE FROM picture");
        sync("ann");
        carry("ann", "bob");
        for (int day = 0; day < 28; day++) {
            daysPass(1);
            sync("ann", "bob");
            carry("ann", "bob");
        }
        assertThat(hasPicture("ann")).isTrue();
        assertThat(manifests("bob")).contains(manifest);
        monthPasses("ann", "bob");
        assertThat(hasPicture("ann")).isFalse();
        assertThat(hasPicture("bob")).isFalse();
        assertThat(manifests("ann")).doesNotContain(manifest);
        assertSame("ann", "bob");
    }

    /** The half is out of the way, so the whole file can be carried there. */
    @Proof
    @Test
    void theWholeManifestIsReadWhenItArrivesAfterAll() throws IOException {
        String manifest = snapshotOfCid();
        carryHalf(manifest, "bob");
        monthPasses("bob");
        assertThat(manifests("bob")).doesNotContain(manifest);
        assertThat(hasPicture("bob")).isTrue();
        carry("cid", "bob");
        assertThat(syncOnce("bob").quarantined()).isEmpty();
        settle("ann", "bob", "cid");
    }
}
