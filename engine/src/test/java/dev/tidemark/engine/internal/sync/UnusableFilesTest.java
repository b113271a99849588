package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device syncs although one file of each kind is unusable. */
class UnusableFilesTest extends RemoteSnapshotFixture {
    private static final String RETIRED = "v1/retired/";
    private static final String DEVICES = "v1/devices/";
    private static final String MANIFESTS = "v1/snapshots/";
    private static final String PARTS = "v1/base/";
    private static final String LIBRARIES = "v1/library/";
    private static final String LOG = "v1/log/";

    private final FaultyStorage bad = new FaultyStorage(storage);
    private Database ann;
    private Database bob;
    private Database cid;
    private Set<String> before;

    /** Cid knows nothing of what Ann did last: she heard of Bob, retired Eve, typed a lot, and a little after that. */
    @BeforeEach
    void begin() {
        ann = device("ann");
        bob = device("bob");
        cid = device("cid");
        Database eve = device("eve");
        add(eve, "by Eve");
        add(cid, "before");
        for (Database device : List.of(ann, cid, eve, ann, bob)) {
            syncNow(device);
        }
        before = new HashSet<>(names());
        add(bob, "news");
        syncNow(bob);
        RemoteLibrary.open(ann, storage, "", () -> now).retire(eve.replica(), SyncOptions.DEFAULT);
        typeALot(ann);
        syncNow(ann);
        add(ann, "after the snapshot");
        syncNow(ann);
    }

    private String fresh(String folder) {
        List<String> all = named(folder.equals(LOG) || folder.equals(DEVICES) ? folder + ann.replica() : folder);
        return all.stream()
                .filter(name -> !before.contains(name))
                .reduce((one, other) -> other)
                .orElse(all.getFirst());
    }

    private SyncReport syncOver(Database device) {
        return syncNow(device, bad, SyncOptions.DEFAULT);
    }

    /** Who reads files of the kind: parts, only who is new. */
    private Database reader(String folder) {
        return folder.equals(PARTS) ? device("dan") : cid;
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, PARTS})
    void anUnreadableFileIsNamedAndEverythingElseGoesOn(String folder) {
        syncsBesideUnreadable(folder);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {DEVICES, RETIRED, MANIFESTS, LIBRARIES})
    void anUnreadableRecordIsNamedAndEverythingElseGoesOn(String folder) {
        syncsBesideUnreadable(folder);
    }

    private void syncsBesideUnreadable(String folder) {
        String unread = fresh(folder);
        add(bob, "by Bob");
        syncNow(bob);
        bad.unreadable(unread, true);
        Database reader = reader(folder);
        add(reader, "by the reader");
        now = now.plus(BootstrapFiles.CHECK_INTERVAL);
        Set<String> there = new HashSet<>(names());
        SyncReport report = syncOver(reader);
        assertThat(report.quarantined())
                .containsExactly(new SyncReport.QuarantinedFile(
                        folder.equals(PARTS) ? manifests().getFirst() : unread, Problem.FILE_UNREADABLE));
        assertThat(report.pushed()).isEqualTo(1);
        assertThat(reader.dump()).contains("by Bob");
        assertThat(names()).as("nobody took it for gone").contains(unread);
        assertThat(names().stream().filter(name -> !name.startsWith(DEVICES)))
                .containsAll(
                        there.stream().filter(name -> !name.startsWith(DEVICES)).toList());
        bad.unreadable(unread, false);
        SyncReport healed = syncOver(reader);
        assertThat(healed.isComplete()).isTrue();
        assertThat(healed.quarantined()).isEmpty();
        syncNow(ann);
        syncNow(reader);
        syncNow(ann);
        assertEqual(ann, reader);
    }

    /** The same file as a newer version may write it, under the name that it then has. */
    private String rewritten(String name) {
        byte[] content = storage.get(name);
        byte[] newer = new String(content, StandardCharsets.UTF_8)
                .replace("\"format\":1", "\"format\":2")
                .replace("\"library\"", "\"folder\"")
                .getBytes(StandardCharsets.UTF_8);
        String renamed = name.replace(ContentHash.of(content), ContentHash.of(newer));
        storage.delete(name);
        storage.put(renamed, newer);
        assertThat(renamed).isNotEqualTo(name);
        return renamed;
    }

    private void isReadOnly() {
        add(cid, "not published");
        SyncReport report = syncOver(cid);
        assertThat(report.readOnly()).isTrue();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.pushed()).isZero();
        assertThat(named(LOG + cid.replica())).hasSize(1);
    }

    @Test
    void aNewerFormatIsReadOnly() {
        rewritten(fresh(MANIFESTS));
        isReadOnly();
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {DEVICES, RETIRED})
    void aNewerFormatIsReadOnlyWhateverFileHasIt(String folder) {
        rewritten(fresh(folder));
        isReadOnly();
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {LOG, DEVICES, RETIRED, MANIFESTS})
    void aNewerEncryptionIsReadOnlyWhateverFileHasIt(String folder) {
        bad.newer(fresh(folder));
        isReadOnly();
    }

    @Test
    void aFileThatIsFarTooLargeIsNamedAndNotFetched() {
        syncsBesideTooLarge(DEVICES);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {RETIRED, MANIFESTS, LIBRARIES})
    void aFileOfAnyKindThatIsFarTooLargeIsNotFetched(String folder) {
        syncsBesideTooLarge(folder);
    }

    private void syncsBesideTooLarge(String folder) {
        String large = fresh(folder);
        storage.put(large, new byte[(1 << 20) + 1]);
        add(cid, "by Cid");
        now = now.plus(Duration.ofMinutes(1));
        SyncReport report = syncOver(cid);
        assertThat(bad.asked()).doesNotContain(large);
        assertThat(report.pushed()).isEqualTo(1);
        if (folder.equals(LIBRARIES)) {
            assertThat(storage.get(large)).as("put again").hasSizeLessThan(1000);
        } else {
            assertThat(report.quarantined())
                    .containsExactly(new SyncReport.QuarantinedFile(large, Problem.FILE_TOO_LARGE));
        }
    }
}
