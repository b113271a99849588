package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.segment.SegmentHeader;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A device whose segments are compacted, with a clock that the test advances. */
abstract class SegmentCompactionFixture extends RemoteLibraryFixture {
    static final int MANY = 33;

    Instant now = Instant.parse("2026-11-21T08:00:00Z");

    RemoteLibrary library(Database database, RemoteStorage through) {
        return RemoteLibrary.open(database, through, "", () -> now);
    }

    void addAndSync(RemoteLibrary library, Database database, int times) {
        for (int time = 0; time < times; time++) {
            add(database, "row " + time);
            assertThat(library.sync().isComplete()).isTrue();
        }
    }

    List<SegmentName> segmentsOf(ReplicaId replica) {
        return segments().stream()
                .map(name -> SegmentName.parse(name).orElseThrow())
                .filter(name -> name.replica().equals(replica))
                .sorted(Comparator.comparingLong(SegmentName::first).thenComparingLong(SegmentName::last))
                .toList();
    }

    List<SegmentName> live(ReplicaId replica) {
        List<SegmentIndex.Entry> entries = segmentsOf(replica).stream()
                .map(name -> new SegmentIndex.Entry(name, 1))
                .toList();
        return SegmentCompaction.live(entries).stream()
                .map(SegmentIndex.Entry::name)
                .toList();
    }

    /** Each file continues the one before it. */
    void assertChained(ReplicaId replica) {
        ChainHash expected = ChainDigest.start(replica);
        for (SegmentName name : live(replica)) {
            SegmentHeader header =
                    SegmentReader.open(name, storage.get(name.toString())).header();
            assertThat(header.before()).as(name.toString()).isEqualTo(expected);
            expected = name.chain();
        }
    }
}
