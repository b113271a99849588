package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/correctness.md#r16: a file is damaged, and no device can upload it again. */
class LostFileTest extends ForkFixture {
    private final FailingStorage line = new FailingStorage(storage);

    /** Leaves half of what it puts, and is never seen again. */
    private void dieInAPut(Database device) {
        line.halvePutsOf("v1/log/");
        assertThatThrownBy(() -> RemoteLibrary.open(device, line).sync()).hasMessageContaining("network is down");
        device.close();
    }

    /** The decision is the one about the device: it will not come back. It is recorded as its retirement. */
    @Test
    void aGapThatNobodyHoldsIsAcceptedByRetiringTheDeviceThatLeftIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(bob, "of Bob");
        sync(bob);
        sync(ann);
        add(bob, "one that only Bob had");
        add(bob, "another that only Bob had");
        var lost = bob.replica();
        dieInAPut(bob);
        add(ann, "of Ann");
        SyncReport waiting = sync(ann);
        assertThat(waiting.isComplete()).isFalse();
        assertThat(waiting.blocked()).isEqualTo(2);
        assertThat(waiting.quarantined())
                .singleElement()
                .satisfies(file -> assertThat(file.device()).contains(lost));
        assertThat(waiting.firstMissing()).containsExactly(Map.entry(lost, 2L));
        assertThat(waiting.pushed()).isEqualTo(1);
        RemoteLibrary.open(ann, storage).retire(lost, SyncOptions.DEFAULT);
        syncAll(ann, cid);
        syncAll(ann, cid, device("dan"));
        assertThat(titles(cid)).containsExactly("of Ann", "of Bob");
    }

    /** The advice to retire a device, which cannot be undone, is given by when that was first found. */
    @Test
    void sinceWhenChangesLackIsKnownToLaterSyncsUntilTheyCome() {
        Database ann = device("ann");
        Database bob = device("bob");
        sync(ann);
        sync(bob);
        add(bob, "lost");
        sync(bob);
        String gone = segments().getFirst();
        byte[] content = storage.get(gone);
        add(bob, "after it");
        sync(bob);
        storage.delete(gone);
        Instant first = Instant.parse("2026-11-21T12:00:00Z");
        for (int day = 0; day < 3; day++) {
            Instant now = first.plus(Duration.ofDays(day));
            SyncReport waiting = RemoteLibrary.open(ann, storage, "", () -> now).sync();
            assertThat(waiting.missingSince()).containsExactly(Map.entry(bob.replica(), first));
            assertThat(waiting.missingFor(SyncReport.RETIRABLE_AFTER, now)).hasSize(day == 0 ? 0 : 1);
        }
        storage.put(gone, content);
        assertThat(sync(ann).missingSince()).isEmpty();
    }

    /** Nothing is bad there that could be named: a file has gone with the device that had put it. */
    @Test
    void aGapThatNoFileFillsNamesTheDeviceAndIsAcceptedByRetiringIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        sync(ann);
        sync(bob);
        add(bob, "lost");
        sync(bob);
        String gone = segments().getFirst();
        add(bob, "after it");
        sync(bob);
        var lost = bob.replica();
        bob.close();
        storage.delete(gone);
        SyncReport waiting = sync(ann);
        assertThat(waiting.isComplete()).isFalse();
        assertThat(waiting.blocked()).isEqualTo(2);
        assertThat(waiting.quarantined()).isEmpty();
        assertThat(waiting.firstMissing()).containsExactly(Map.entry(lost, 1L));
        RemoteLibrary.open(ann, storage).retire(lost, SyncOptions.DEFAULT);
        SyncReport accepted = sync(ann);
        assertThat(accepted.isComplete()).isTrue();
        assertThat(accepted.firstMissing()).isEmpty();
        syncAll(ann, device("dan"));
    }

    @Test
    void theMissingChangeIsNamedNotItsDependents() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(cid, "of Cid");
        sync(cid);
        add(bob, "lost");
        sync(bob);
        String gone = segments().stream()
                .filter(name -> name.contains(bob.replica().toString()))
                .findFirst()
                .orElseThrow();
        sync(cid);
        add(cid, "built on it");
        sync(cid);
        var lost = bob.replica();
        var built = cid.replica();
        bob.close();
        cid.close();
        storage.delete(gone);
        SyncReport waiting = sync(ann);
        assertThat(waiting.blocked()).isEqualTo(1);
        assertThat(waiting.firstMissing()).containsExactly(Map.entry(lost, 1L));
        RemoteLibrary.open(ann, storage).retire(lost, SyncOptions.DEFAULT);
        // What was given up with Bob is not to come any more: now it is Cid's change that nobody will ever have.
        assertThat(sync(ann).firstMissing()).containsExactly(Map.entry(built, 2L));
        RemoteLibrary.open(ann, storage).retire(built, SyncOptions.DEFAULT);
        assertThat(sync(ann).isComplete()).isTrue();
        assertThat(titles(ann)).containsExactly("of Cid");
    }

    @Test
    void halfAFileOfALostCloneBlocksNoDevice() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        add(twin, "one that only the twin had");
        add(twin, "another that only the twin had");
        dieInAPut(twin);
        add(ann, "of Ann");
        sync(ann);
        sync(ann);
        sync(bob);
        syncAll(ann, bob);
        assertThat(titles(bob)).containsExactly("of Ann", "shared");
    }

    /** Else others who know of a smaller end would wait for what builds on more. */
    @Test
    void aRetirementOfWhichOnlyHalfArrivedIsPutAgain() throws Exception {
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "of Ann");
        sync(ann);
        Database twin = device("twin");
        add(twin, "of the twin");
        line.halvePutsOf("v1/retired/");
        assertThatThrownBy(() -> RemoteLibrary.open(twin, line).sync()).hasMessageContaining("network is down");
        assertThat(wholeRetirements()).isEmpty();
        sync(twin);
        assertThat(wholeRetirements()).hasSize(1);
        sync(twin);
        assertThat(wholeRetirements()).hasSize(1);
    }

    private List<Retirement> wholeRetirements() {
        List<Retirement> whole = new ArrayList<>();
        for (String name : names()) {
            Retirement.Name.parse(name).ifPresent(parsed -> {
                try {
                    whole.add(Retirement.read(parsed, storage.get(name)));
                } catch (DamagedFileException e) {
                    assertThat(e.reason()).isEqualTo(Problem.FILE_CHECKSUM);
                }
            });
        }
        return whole;
    }
}
