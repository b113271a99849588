package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Segment compaction keeps the number of files small. Its requests are counted as maintenance. */
class SegmentCompactionTest extends SegmentCompactionFixture {
    /** Files are merged by their length, which says little of what compresses a thousand times. */
    @Proof
    @Test
    void mergedFilesHoldNoMoreThanReadersTakeHoweverWellTheyCompress() {
        Database ann = device("ann");
        RemoteLibrary anns = library(ann, storage);
        addAndSync(anns, ann, MANY - 6);
        for (int round = 0; round < 6; round++) {
            byte[] zeros = new byte[12 << 20];
            UUID id = Ids.next();
            ann.write(tx -> tx.execute("INSERT INTO todo(id, note) VALUES (?, ?)", id, zeros));
            anns.sync();
        }
        assertThat(live(ann.replica())).hasSizeBetween(2, SegmentTiers.MAX_FILES);
        for (SegmentName name : live(ann.replica())) {
            assertThat(SegmentReader.open(name, storage.get(name.toString())).contentLength())
                    .isLessThanOrEqualTo(SegmentReader.MAX_CONTENT);
        }
        assertChained(ann.replica());
        Database bob = device("bob");
        assertThat(sync(bob).isComplete()).isTrue();
        assertThat(bob.list(Query.of("SELECT sum(length(note)) AS bytes FROM todo"))
                        .getFirst()
                        .integer("bytes"))
                .isEqualTo(6L * (12 << 20));
    }

    /** As a command does that is run every few minutes. */
    @Test
    void aProgramStartedAgainFetchesNoMergedFileToKnowThatItIsWhole() {
        Database ann = device("ann");
        addAndSync(library(ann, storage), ann, MANY);
        assertThat(segmentsOf(ann.replica()))
                .hasSizeGreaterThan(live(ann.replica()).size());
        ann.close();
        List<String> fetched = new ArrayList<>();
        RemoteStorage watched = new OverridableStorage(storage) {
            @Override
            public byte[] get(String name) {
                fetched.add(name);
                return super.get(name);
            }
        };
        library(device("ann"), watched).sync();
        assertThat(fetched).noneMatch(name -> name.startsWith(SegmentName.FOLDER));
    }

    @Proof
    @Test
    void aLogIsAtMost32FilesHoweverOftenADeviceSyncs() {
        Database ann = device("ann");
        RemoteLibrary anns = library(ann, storage);
        for (int round = 0; round < 150; round++) {
            addAndSync(anns, ann, 1);
            now = now.plus(Duration.ofMinutes(7));
            assertThat(live(ann.replica())).hasSizeLessThanOrEqualTo(SegmentTiers.MAX_FILES);
            // Those of the last merge wait for their hour, in which eight more were put.
            assertThat(segmentsOf(ann.replica())).hasSizeLessThanOrEqualTo(2 * SegmentTiers.MAX_FILES + 8);
        }
        now = now.plus(Duration.ofHours(2));
        anns.sync();
        assertThat(segmentsOf(ann.replica())).hasSizeLessThanOrEqualTo(SegmentTiers.MAX_FILES);
        Database bob = device("bob");
        assertThat(sync(bob).isComplete()).isTrue();
        anns.sync();
        assertEqual(ann, bob);
        assertChained(ann.replica());
    }

    @Test
    void theRequestsOfAMergeAreNotThoseOfTheSync() {
        Database ann = device("ann");
        RemoteLibrary anns = library(ann, storage);
        addAndSync(anns, ann, MANY - 1);
        add(ann, "the last");
        SyncReport report = anns.sync();
        assertThat(segmentsOf(ann.replica())).hasSize(MANY + 1);
        assertThat(report.requests()).isEqualTo(2);
        assertThat(report.maintenanceRequests()).isBetween(MANY + 2L, MANY + 5L);
        assertThat(anns.sync().requests()).isEqualTo(1);
        now = now.plus(SegmentCompaction.GRACE);
        SyncReport removing = anns.sync();
        assertThat(removing.requests()).isEqualTo(1);
        assertThat(segmentsOf(ann.replica())).hasSize(1);
        now = now.plus(Duration.ofHours(2));
        SyncReport idle = anns.sync();
        assertThat(idle.requests() + idle.maintenanceRequests()).isEqualTo(1);
    }
}
