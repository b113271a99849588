package dev.tidemark.engine.internal.sync;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncReport;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of twenty bytes with plausible names are reported and block nothing. */
class UnverifiableFilesTest extends RemoteLibraryFixture {
    private static final String HASH = "0123456789abcdef0123456789abcdef";
    private static final ReplicaId NOBODY = new ReplicaId(0xff);

    private Database ann;
    private Database bob;

    @BeforeEach
    void begin() {
        ann = device("ann");
        bob = device("bob");
        add(ann, "by Ann");
        sync(ann);
    }

    private void plant(String name) {
        storage.put(name, new byte[20]);
    }

    private static SyncReport.QuarantinedFile quarantined(Object name, Problem reason) {
        return new SyncReport.QuarantinedFile(name.toString(), reason);
    }

    @Test
    void aSegmentOfADevelopmentVersionIsNamedAndStopsNobody() {
        String name = "v1/log/" + NOBODY + "/000000000001-000000000009-" + HASH + ".seg";
        plant(name);
        SyncReport report = sync(bob);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.quarantined()).containsExactly(new SyncReport.QuarantinedFile(name, Problem.FILE_EARLIER));
        assertEqual(ann, bob);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSegmentBehindAGapCountsOnlyIfItVerifies(boolean isOfADevice) {
        SegmentName name = new SegmentName(isOfADevice ? ann.replica() : NOBODY, 99, 99, CHAIN, HASH);
        plant(name.toString());
        SyncReport report = sync(bob);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.firstMissing()).isEmpty();
        assertThat(report.quarantined()).containsExactly(quarantined(name, Problem.FILE_NOT_OURS));
        assertEqual(ann, bob);
    }

    @Test
    void aSegmentBehindAGapThatVerifiesSaysThatChangesLack() {
        sync(bob);
        String first = segments().getLast();
        add(ann, "lost");
        sync(ann);
        String lost = segments().stream()
                .filter(name -> !name.equals(first))
                .findFirst()
                .orElseThrow();
        add(ann, "last");
        sync(ann);
        storage.delete(lost);
        plant(new SegmentName(ann.replica(), 99, 99, CHAIN, HASH).toString());
        SyncReport report = sync(bob);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.firstMissing()).containsOnlyKeys(ann.replica());
    }

    @Test
    void aLibraryFileOfALaterEpochThatDoesNotVerifyStopsNobody() {
        LibraryName name = new LibraryName(ann.library(), 99);
        plant(name.toString());
        add(ann, "later");
        for (Database device : new Database[] {ann, bob, ann}) {
            SyncReport report = sync(device);
            assertThat(report.isComplete()).isTrue();
            assertThat(report.quarantined()).containsExactly(quarantined(name, Problem.FILE_MALFORMED));
        }
        assertEqual(ann, bob);
    }

    /** Smaller than any id that a device makes, so it would be preferred; under either a founder and a new device. */
    @Test
    void aLibraryFileOfAnotherLibraryThatDoesNotVerifyStopsNobody() {
        LibraryName name = new LibraryName(new UUID(0, 1), 1);
        plant(name.toString());
        for (Database device : new Database[] {ann, bob}) {
            assertThat(sync(device).quarantined()).containsExactly(quarantined(name, Problem.FILE_MALFORMED));
        }
        assertEqual(ann, bob);
    }

    /** A file of the right length is read, too. */
    @Test
    void aLibraryFileOfALaterEpochIsReadWhateverItsLength() {
        LibraryName name = new LibraryName(ann.library(), 99);
        storage.put(name.toString(), new byte[(int) LibraryFile.sizeOf(name, LibraryFile.NOT_ENCRYPTED)]);
        assertThat(sync(ann).isComplete()).isTrue();
    }
}
