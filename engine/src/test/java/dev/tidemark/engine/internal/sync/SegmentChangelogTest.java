package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.MemoryChangelog;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentChangelogTest {
    private static final UUID LIBRARY = UUID.randomUUID();
    private static final Batch.Limit SMALL = new Batch.Limit(7, 1 << 20);

    private final MemoryStorage storage = new MemoryStorage();
    private final MemoryChangelog ann = new MemoryChangelog(new ReplicaId(0xa));
    private final MemoryChangelog bob = new MemoryChangelog(new ReplicaId(0xb));
    private final MemoryChangelog cid = new MemoryChangelog(new ReplicaId(0xc));

    private SegmentChangelog log() {
        return SegmentChangelog.of(storage, LIBRARY);
    }

    @Test
    void freshDevicesGetEverythingThroughAStorage() {
        ann.write("a1");
        ann.write("a2");
        SyncReport pushed = SyncEngine.sync(ann, log());
        assertThat(pushed.pushed()).isEqualTo(2);
        bob.write("b1");
        SyncReport both = SyncEngine.sync(bob, log());
        assertThat(both.pushed()).isEqualTo(1);
        assertThat(both.pulled()).isEqualTo(2);
        assertThat(SyncEngine.sync(ann, log()).pulled()).isEqualTo(1);
        assertThat(SyncEngine.sync(cid, log()).pulled()).isEqualTo(3);
        assertThat(ann.content()).isEqualTo(bob.content()).isEqualTo(cid.content());
        assertThat(log().vector()).isEqualTo(ann.vector());
    }

    @Test
    void randomHistoriesConvergeInSmallBatches() {
        converge(1, 10);
    }

    @Proof
    @Test
    void manyRandomHistoriesConvergeInSmallBatches() {
        converge(11, 60);
    }

    private static void converge(long firstSeed, long lastSeed) {
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            Random random = new Random(seed);
            MemoryStorage remote = new MemoryStorage();
            MemoryStorage copy = new MemoryStorage();
            List<MemoryChangelog> devices = new ArrayList<>();
            for (int number = 1; number <= 4; number++) {
                devices.add(new MemoryChangelog(new ReplicaId(number)));
            }
            SyncOptions options = SyncOptions.DEFAULT.with(new Batch.Limit(1 + random.nextInt(9), 1 << 20));
            for (int step = 0; step < 150; step++) {
                MemoryChangelog device = devices.get(random.nextInt(4));
                switch (random.nextInt(8)) {
                    case 0 -> SyncEngine.sync(device, SegmentChangelog.of(remote, LIBRARY), options);
                    case 1 -> SyncEngine.sync(device, SegmentChangelog.of(copy, LIBRARY), options);
                    case 2 -> SyncEngine.sync(device, devices.get(random.nextInt(4)), options);
                    case 3 ->
                        SyncEngine.sync(
                                SegmentChangelog.of(copy, LIBRARY), SegmentChangelog.of(remote, LIBRARY), options);
                    default -> device.write("seed " + seed + " step " + step);
                }
            }
            for (int round = 0; round < 2; round++) {
                devices.forEach(device -> SyncEngine.sync(device, SegmentChangelog.of(remote, LIBRARY), options));
            }
            for (MemoryChangelog device : devices) {
                assertThat(device.content())
                        .as("seed " + seed)
                        .isEqualTo(devices.getFirst().content());
            }
        }
    }

    @Test
    void batchesArriveInCausalOrderWithinTheirLimit() {
        for (int round = 0; round < 30; round++) {
            ann.write("a");
            SyncEngine.sync(ann, bob);
            bob.write("b");
            SyncEngine.sync(ann, bob);
        }
        SyncEngine.sync(ann, log());
        SyncEngine.sync(cid, log(), SyncOptions.DEFAULT.with(SMALL)); // refuses what comes too early
        assertThat(cid.content()).isEqualTo(ann.content());
        assertThat(cid.largestBatch()).isEqualTo(7);
    }

    @Test
    void aChangeAboveTheLimitTravelsAlone() {
        ann.write("small");
        ann.write("x".repeat(100_000), CausalContext.EMPTY);
        ann.write("small");
        SyncEngine.sync(ann, log());
        List<Integer> sizes = new ArrayList<>();
        try (Batch.Reader reader = log().read(VersionVector.EMPTY, new Batch.Limit(100, 1_000))) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                sizes.add(batch.changes().size());
            }
        }
        assertThat(sizes).containsExactly(1, 1, 1);
    }

    @Proof
    @Test
    void largeRunsAreCutIntoSegmentsOfAFewMegabytesThatNameEachOther() {
        Random random = new Random(3);
        for (int number = 0; number < 20; number++) {
            byte[] blob = new byte[1 << 20];
            random.nextBytes(blob);
            ann.write(blob, CausalContext.EMPTY);
        }
        SyncEngine.sync(ann, log());
        List<StoredObject> files = storage.list("", null);
        assertThat(files).hasSizeBetween(3, 6);
        assertThat(files).allMatch(file -> file.size() < (8 << 20) + 1_000);
        ChainHash before = ChainDigest.start(ann.replica());
        for (StoredObject file : files) {
            SegmentName name = SegmentName.parse(file.name()).orElseThrow();
            assertThat(dev.tidemark.engine.internal.segment.SegmentReader.open(name, storage.get(file.name()))
                            .header()
                            .before())
                    .isEqualTo(before);
            before = name.chain();
        }
        SyncEngine.sync(bob, log());
        assertThat(bob.vector()).isEqualTo(ann.vector());
    }

    @Test
    void appendingAgainStoresNothing() {
        ann.write("a1");
        SegmentChangelog log = log();
        Batch batch = new Batch(List.copyOf(ann.content().values()));
        assertThat(log.append(batch).changes()).isEqualTo(1);
        assertThat(log.append(batch)).isEqualTo(Changelog.AppendResult.NOTHING);
        assertThat(log().append(batch)).isEqualTo(Changelog.AppendResult.NOTHING);
        assertThat(storage.list("", null)).hasSize(1);
    }

    @Test
    void refusesGapsAndWhatBuildsOnSomethingMissing() {
        ann.write("a1");
        Change second = ann.write("a2");
        assertThatThrownBy(() -> log().append(new Batch(List.of(second)))).isInstanceOf(Changelog.GapException.class);
        SyncEngine.sync(ann, bob);
        Change citing = bob.write("b1");
        assertThatThrownBy(() -> log().append(new Batch(List.of(citing))))
                .isInstanceOf(Changelog.GapException.class)
                .hasMessageContaining("000000000000000a:2");
        assertThat(storage.list("", null)).isEmpty();
    }

    @Test
    void dependentsOfADamagedFileWaitAndTheRestIsApplied() {
        ann.write("a1");
        SyncEngine.sync(ann, log());
        SyncEngine.sync(bob, log());
        bob.write("b1, knowing a1");
        SyncEngine.sync(bob, log());
        MemoryChangelog dan = new MemoryChangelog(new ReplicaId(0xd));
        dan.write("d1");
        SyncEngine.sync(dan, new MemoryChangelog(new ReplicaId(0xe)));
        log().append(new Batch(List.copyOf(dan.content().values())));
        String annsFile =
                storage.list("v1/log/000000000000000a", null).getFirst().name();
        byte[] good = storage.get(annsFile);
        storage.put(annsFile, Arrays.copyOf(good, good.length - 5));

        SyncReport report = SyncEngine.sync(cid, log());
        assertThat(report.pulled()).isEqualTo(1);
        assertThat(report.blocked()).isEqualTo(2);
        assertThat(report.isComplete()).isFalse();
        assertThat(cid.vector()).isEqualTo(VersionVector.of(Map.of(new ReplicaId(0xd), 1L)));

        storage.put(annsFile, good);
        assertThat(SyncEngine.sync(cid, log()).pulled()).isEqualTo(2);
    }

    @Test
    void anOverlappingRangeStandsInForADamagedFile() {
        ann.write("a1");
        ann.write("a2");
        SyncEngine.sync(ann, log());
        MemoryStorage elsewhere = new MemoryStorage();
        ann.write("a3");
        SyncEngine.sync(ann, SegmentChangelog.of(elsewhere, LIBRARY));
        SyncEngine.sync(ann, log());
        elsewhere.list("", null).forEach(file -> storage.put(file.name(), elsewhere.get(file.name())));
        assertThat(storage.list("", null)).hasSize(3);
        for (StoredObject file : storage.list("", null)) {
            byte[] good = storage.get(file.name());
            storage.put(file.name(), new byte[] {1});
            MemoryChangelog fresh = new MemoryChangelog(new ReplicaId(0xf));
            boolean isTheOnlyOne = SegmentName.parse(file.name()).orElseThrow().count() == 3;
            assertThat(SyncEngine.sync(fresh, log()).pulled()).as(file.name()).isEqualTo(3);
            storage.put(file.name(), good);
            assertThat(isTheOnlyOne || fresh.content().size() == 3).isTrue();
        }
    }

    @Test
    void aGapInTheListingStopsTheVectorThere() {
        for (int number = 1; number <= 3; number++) {
            ann.write("a" + number);
            SyncEngine.sync(ann, log());
        }
        storage.delete(storage.list("", null).get(1).name());
        assertThat(log().vector().get(ann.replica())).isEqualTo(1);
        assertThat(SyncEngine.sync(bob, log()).pulled()).isEqualTo(1);
        assertThat(SyncEngine.sync(ann, log()).pushed())
                .as("the owner puts it again")
                .isEqualTo(2);
        assertThat(SyncEngine.sync(bob, log()).pulled()).isEqualTo(2);
    }

    @Test
    void anErrorInTheMiddleIsTakenUpWhereItStopped() {
        for (int number = 1; number <= 50; number++) {
            ann.write("a" + number);
        }
        FailingStorage failing = new FailingStorage(storage);
        SegmentChangelog remote = SegmentChangelog.of(failing, LIBRARY);
        failing.failPutsAfter(3);
        assertThatThrownBy(() -> SyncEngine.sync(ann, remote, SyncOptions.DEFAULT.with(SMALL)))
                .isInstanceOf(StorageException.class);
        assertThat(log().vector().get(ann.replica())).isEqualTo(21);
        failing.failPutsAfter(Integer.MAX_VALUE);
        assertThat(SyncEngine.sync(ann, remote, SyncOptions.DEFAULT.with(SMALL)).pushed())
                .isEqualTo(29);
        failing.failGetsAfter(4);
        assertThatThrownBy(() -> SyncEngine.sync(bob, remote, SyncOptions.DEFAULT.with(SMALL)))
                .isInstanceOf(StorageException.class);
        failing.failGetsAfter(Integer.MAX_VALUE);
        SyncEngine.sync(bob, remote, SyncOptions.DEFAULT.with(SMALL));
        assertThat(bob.content()).isEqualTo(ann.content());
    }

    @Test
    void costsARequestASegment() {
        for (int number = 1; number <= 10_000; number++) {
            ann.write("a" + number);
        }
        CountingStorage counting = new CountingStorage(storage);
        SyncEngine.sync(ann, SegmentChangelog.of(counting, LIBRARY));
        assertThat(counting.counts().requests()).isEqualTo(2);
        SyncEngine.sync(bob, SegmentChangelog.of(counting, LIBRARY));
        assertThat(counting.counts().requests()).isEqualTo(4);
        SyncEngine.sync(bob, SegmentChangelog.of(counting, LIBRARY));
        assertThat(counting.counts().requests()).isEqualTo(5);
    }

    @Test
    void segmentsOfAnotherLibraryAreNotRead() {
        ann.write("a1");
        SyncEngine.sync(ann, SegmentChangelog.of(storage, UUID.randomUUID()));
        SyncReport report = SyncEngine.sync(bob, log());
        assertThat(report.pulled()).isZero();
        assertThat(report.blocked()).isEqualTo(1);
    }

    @Test
    void orderOfListingDoesNotMatter() {
        for (int number = 1; number <= 5; number++) {
            ann.write("a" + number);
            SyncEngine.sync(ann, log());
        }
        List<StoredObject> shuffled = new ArrayList<>(storage.list("", null));
        Collections.shuffle(shuffled, new Random(1));
        assertThat(new SegmentIndex(shuffled, VersionVector.EMPTY, Map.of(), List::of).vector())
                .isEqualTo(ann.vector());
    }
}
