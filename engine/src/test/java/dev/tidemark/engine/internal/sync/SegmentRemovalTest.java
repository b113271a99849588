package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.remote.RemoteLibrary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Devices remove segments once no change needs them (docs/correctness.md#r16). */
class SegmentRemovalTest extends RemoteLibraryFixture {
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    /** What a sync does in the end, with a snapshot that covers so much. */
    private void keep(Database database, Set<ReplicaId> retired, VersionVector covered) {
        SqliteDatabase sqlite = (SqliteDatabase) database;
        RemoteStateStore memory = new RemoteStateStore(sqlite, storage.description());
        SegmentEncoder encoder = new SegmentEncoder(database.library(), 1);
        FileErrorRegistry troubles = new FileErrorRegistry();
        SegmentChangelog remote = SegmentChangelog.of(storage, database.library());
        SegmentFetcher fetcher =
                new SegmentFetcher(storage, new Transfers(), header -> FileOrigin.LIBRARY, troubles, Long.MAX_VALUE);
        new SegmentCompaction(storage, memory, encoder, fetcher, new HashSet<>(), now)
                .run(database.replica(), retired, remote, covered);
    }

    private List<Long> lasts(Database database) {
        return segments().stream()
                .map(name -> SegmentName.parse(name).orElseThrow())
                .filter(name -> name.replica().equals(database.replica()))
                .map(SegmentName::last)
                .toList();
    }

    private void addAndSync(Database database, int times) {
        RemoteLibrary library = RemoteLibrary.open(database, storage, "", () -> now);
        for (int time = 0; time < times; time++) {
            add(database, "row " + time);
            library.sync();
        }
    }

    @Test
    void filesWithinWhatIsCoveredGoAfterAnHourAndNoOthers() {
        Database ann = device("ann");
        addAndSync(ann, 5);
        VersionVector covered = VersionVector.of(Map.of(ann.replica(), 3L));
        keep(ann, Set.of(), covered);
        assertThat(lasts(ann)).containsExactly(1L, 2L, 3L, 4L, 5L);
        now = now.plus(Duration.ofMinutes(59));
        keep(ann, Set.of(), covered);
        assertThat(lasts(ann)).containsExactly(1L, 2L, 3L, 4L, 5L);
        now = now.plus(Duration.ofMinutes(1));
        keep(ann, Set.of(), covered);
        assertThat(lasts(ann)).containsExactly(4L, 5L);
    }

    @Test
    void aFileStaysThatIsNotCoveredAnyMoreWhenItsHourHasCome() {
        Database ann = device("ann");
        addAndSync(ann, 3);
        keep(ann, Set.of(), VersionVector.of(Map.of(ann.replica(), 3L)));
        now = now.plus(Duration.ofHours(2));
        keep(ann, Set.of(), VersionVector.EMPTY);
        keep(ann, Set.of(), VersionVector.of(Map.of(ann.replica(), 3L)));
        assertThat(lasts(ann)).containsExactly(1L, 2L, 3L);
        now = now.plus(Duration.ofHours(2));
        keep(ann, Set.of(), VersionVector.of(Map.of(ann.replica(), 2L)));
        assertThat(lasts(ann)).containsExactly(3L);
    }

    @Test
    void nobodyRemovesTheFilesOfAnotherUnlessThatOneIsRetired() {
        Database ann = device("ann");
        Database bob = device("bob");
        addAndSync(bob, 3);
        addAndSync(ann, 1);
        VersionVector covered = VersionVector.of(Map.of(bob.replica(), 2L));
        for (int round = 0; round < 2; round++) {
            keep(ann, Set.of(), covered);
            now = now.plus(Duration.ofHours(2));
        }
        assertThat(lasts(bob)).containsExactly(1L, 2L, 3L);
        for (int round = 0; round < 2; round++) {
            keep(ann, Set.of(bob.replica()), covered);
            now = now.plus(Duration.ofHours(2));
        }
        assertThat(lasts(bob)).containsExactly(3L);
    }

    @Test
    void aClockThatWasSetBackRemovesNothingTooEarlyAndDoesNotWaitForEver() {
        Database ann = device("ann");
        addAndSync(ann, 2);
        VersionVector covered = VersionVector.of(Map.of(ann.replica(), 1L));
        keep(ann, Set.of(), covered);
        now = now.minus(Duration.ofDays(3_000));
        keep(ann, Set.of(), covered);
        assertThat(lasts(ann)).containsExactly(1L, 2L);
        now = now.plus(Duration.ofHours(1));
        keep(ann, Set.of(), covered);
        assertThat(lasts(ann)).containsExactly(2L);
    }
}
