package dev.tidemark.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Merges run in parts with pauses while the user is active (decision 47). */
class MergePaceTest {
    private static final long MERGE = TimeUnit.MILLISECONDS.toNanos(40);

    private final MemoryChangelog here = new MemoryChangelog(new ReplicaId(1));
    private final MemoryChangelog there = new MemoryChangelog(new ReplicaId(2));
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final List<Long> waits = new ArrayList<>();
    private long clock;

    @Test
    void mergesAreAsSmallAsIsWantedAndNothingIsLost() {
        write(there, 100);
        SyncReport report =
                SyncEngine.sync(here, there, SyncOptions.DEFAULT.paced(() -> new SyncOptions.MergePace(7, 0)));
        assertThat(here.largestBatch()).isEqualTo(7);
        assertThat(here.content()).isEqualTo(there.content());
        assertThat(report.pulled()).isEqualTo(100);
    }

    @Test
    void thePaceIsAskedBeforeEachMergeSoThatItCanChangeOnTheWay() {
        write(there, 100);
        Iterator<SyncOptions.MergePace> paces = List.of(
                        SyncOptions.MergePace.FULL,
                        new SyncOptions.MergePace(5, 0),
                        new SyncOptions.MergePace(20, 0),
                        SyncOptions.MergePace.FULL)
                .iterator();
        List<Long> done = new ArrayList<>();
        SyncEngine.sync(
                here, there, SyncOptions.DEFAULT.paced(paces::next).with(progress -> done.add(progress.done())));
        assertThat(done).containsExactly(0L, 5L, 25L, 100L);
        assertThat(paces).isExhausted();
    }

    @Test
    void noMoreIsReadAtOnceThanAMergeMayTakeWhenTheSyncBegins() {
        assertThat(new SyncOptions.MergePace(7, 0).within(new Batch.Limit(100, 1 << 20)))
                .isEqualTo(new Batch.Limit(7, 1 << 20));
        assertThat(SyncOptions.MergePace.FULL.within(new Batch.Limit(100, 1 << 20)))
                .isEqualTo(new Batch.Limit(100, 1 << 20));
    }

    @Test
    void whatIsPublishedIsNotCutIntoParts() {
        write(here, 100);
        SyncEngine.sync(here, there, SyncOptions.DEFAULT.paced(() -> new SyncOptions.MergePace(7, 1_000)));
        assertThat(there.largestBatch()).isEqualTo(100);
    }

    @Test
    void aMergeIsFollowedByARestInProportionBeforeTheNext() {
        write(there, 20);
        try (PacedReader reader = reader(new SyncOptions.MergePace(10, 2))) {
            reader.next();
            assertThat(waits).isEmpty();
            clock += MERGE;
            reader.next();
            assertThat(rested()).isEqualTo(2 * MERGE);
            clock += MERGE;
            waits.clear();
            assertThat(reader.next()).isNull();
            assertThat(rested()).isEqualTo(2 * MERGE);
        }
    }

    @Test
    void withoutAPaceNobodyRests() {
        write(there, 20);
        try (PacedReader reader = reader(SyncOptions.MergePace.FULL)) {
            Batch batch = reader.next();
            clock += MERGE;
            assertThat(reader.next()).isNull();
            assertThat(batch.changes()).hasSize(20);
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void aSyncThatIsCancelledWhileItRestsEndsAtOnceWithoutAnotherMerge() {
        write(there, 20);
        try (PacedReader reader = reader(new SyncOptions.MergePace(10, 2))) {
            reader.next();
            clock += TimeUnit.SECONDS.toNanos(1);
            cancelled.set(true);
            assertThat(reader.next()).isNull();
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItRestsGoesOnAtOnce() {
        write(there, 20);
        try (PacedReader reader = reader(new SyncOptions.MergePace(10, 2))) {
            reader.next();
            clock += MERGE;
            Thread.currentThread().interrupt();
            assertThat(reader.next()).isNotNull();
            assertThat(waits).isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void noRestIsLongerThanASecond() {
        assertThat(new SyncOptions.MergePace(1, 3).pauseAfter(Duration.ofMillis(100)))
                .isEqualTo(Duration.ofMillis(300));
        assertThat(new SyncOptions.MergePace(1, 3).pauseAfter(Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(new SyncOptions.MergePace(1, Double.POSITIVE_INFINITY).pauseAfter(Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(SyncOptions.MergePace.FULL.pauseAfter(Duration.ofSeconds(5))).isZero();
    }

    @Test
    void aPaceThatWouldNeverEndIsRefused() {
        assertThatThrownBy(() -> new SyncOptions.MergePace(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SyncOptions.MergePace(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SyncOptions.MergePace(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void write(MemoryChangelog log, int changes) {
        for (int number = 0; number < changes; number++) {
            log.write("title " + number);
        }
    }

    private PacedReader reader(SyncOptions.MergePace pace) {
        return new PacedReader(
                there.read(VersionVector.EMPTY, Batch.Limit.DEFAULT),
                () -> pace,
                cancelled::get,
                () -> clock,
                nanos -> {
                    waits.add(nanos);
                    clock += nanos;
                });
    }

    private long rested() {
        return waits.stream().mapToLong(Long::longValue).sum();
    }
}
