package dev.tidemark.engine.internal.sync;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentFixture;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thousands of files that an attacker wrote cost linear time, up to a limit (decision 52). */
class FloodTest extends RemoteLibraryFixture {
    private Database ann;

    @BeforeEach
    void begin() {
        ann = device("ann");
        add(ann, "one");
        sync(ann);
    }

    private static String hash(int number) {
        return String.format(Locale.ROOT, "%032x", number);
    }

    private void plant(Object name) {
        storage.put(name.toString(), new byte[20]);
    }

    /** All begin at the first change and reach further than the one before: the longest is tried first. */
    @Test
    void overlappingSegmentsThatDoNotVerifyAreAllPassedOver() {
        int count = 4_000;
        for (int number = 1; number <= count; number++) {
            plant(new SegmentName(new ReplicaId(7), 1, number + 1, CHAIN, hash(number)));
        }
        Database bob = device("bob");
        assertThat(sync(bob).quarantined()).hasSize(count);
        assertThat(bob.dump()).isEqualTo(ann.dump());
    }

    /** Each sync is a program of its own: what one found unusable the next does not know. */
    @Test
    void smallFilesThatDoNotVerifyNeverStopALog() {
        add(ann, "two");
        sync(ann);
        for (int number = 1; number <= 600; number++) {
            plant(new SegmentName(ann.replica(), 2, 1_000 + number, CHAIN, hash(number)));
        }
        Database bob = device("bob");
        sync(bob);
        assertThat(bob.dump()).isEqualTo(ann.dump());
    }

    /** Their names alone must not lead to the advice to retire Ann's device, which cannot be undone. */
    @Test
    void aHundredFilesBehindAGapThatDoNotVerifyDoNotSayThatChangesLack() {
        for (int number = 1; number <= 100; number++) {
            plant(new SegmentName(ann.replica(), 10, 1_000 + number, CHAIN, hash(number)));
        }
        RemoteLibrary bob = RemoteLibrary.open(device("bob"), storage);
        SyncReport first = bob.sync();
        assertThat(first.isComplete()).as("some were not looked at").isFalse();
        assertThat(first.firstMissing()).isEmpty();
        SyncReport second = bob.sync();
        assertThat(second.isComplete()).as("known ones take no looks").isTrue();
        assertThat(second.firstMissing()).isEmpty();
    }

    @Proof
    @Test
    void aLogEndsForASyncAfterSoManyBytesThatDoNotVerify() {
        byte[] large = new byte[(int) (ReplicaStream.MAX_FAILED_BYTES / 2)];
        for (int number = 1; number <= 3; number++) {
            storage.put(new SegmentName(new ReplicaId(7), 1, 1, CHAIN, hash(number)).toString(), large);
        }
        Database bob = device("bob");
        assertThat(sync(bob).quarantined()).hasSize(2);
        assertThat(bob.dump()).isEqualTo(ann.dump());
    }

    @Test
    void aDeviceThatFindsThousandsOfBadFilesStillWritesARecordThatOthersRead() {
        for (int number = 1; number <= 3_000; number++) {
            plant(new RecordName(new ReplicaId(number), 1, hash(number)));
        }
        String damaged = segments().getFirst();
        byte[] sound = storage.get(damaged);
        storage.put(damaged, new byte[sound.length]);
        Database bob = device("bob");
        add(bob, "by Bob");
        sync(bob);
        String name = names().stream()
                .filter(each -> each.startsWith(RemoteNames.recordsOf(bob.replica())))
                .findFirst()
                .orElseThrow();
        byte[] content = storage.get(name);
        DeviceRecord record = DeviceRecord.read(RecordName.parse(name).orElseThrow(), content);
        assertThat(content.length).isLessThan(40_000);
        assertThat(record.damaged()).hasSize(200).contains(damaged);
        sync(ann);
        assertThat(ann.dump()).contains("by Bob");
    }

    private static byte[] manifest(PartFile.Owner owner, int replicas) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        for (int number = 1; number <= replicas; number++) {
            heads.put(new ReplicaId(number), 5L);
        }
        return new SnapshotManifest(
                        owner, VersionVector.of(heads), SegmentFixture.chains(heads.keySet()), List.of(), Instant.EPOCH)
                .toBytes();
    }

    /** Every causal context would name them from then on. */
    @Test
    void aManifestOfThousandsOfReplicasIsNotApplied() {
        for (int replicas : new int[] {FormatLimits.REPLICAS_APPLIED + 1, 4_000}) {
            PartFile.Owner owner = new PartFile.Owner(ann.library(), 1, 1L << 40, new ReplicaId(replicas));
            byte[] content = manifest(owner, replicas);
            storage.put(new SnapshotName(owner.clock(), owner.replica(), ContentHash.of(content)).toString(), content);
        }
        Database bob = device("bob");
        sync(bob);
        assertThat(bob.changelog().vector().heads()).hasSizeLessThan(10);
        add(bob, "later");
        sync(bob);
        String segment = segments().stream()
                .filter(name -> name.contains(bob.replica().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(storage.get(segment).length).isLessThan(1_000);
    }

    /** Each with one sound change: a plain library can tell them from devices by their number only. */
    @Test
    void noMoreReplicasAreAppliedThanALibraryHas() {
        plantReplicas(FormatLimits.REPLICAS_APPLIED + 200);
        Database bob = device("bob");
        SyncReport report = sync(bob);
        assertThat(bob.changelog().vector().heads()).hasSize(FormatLimits.REPLICAS_APPLIED);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.firstMissing()).isEmpty();
    }

    @Proof
    @Test
    void oneDeviceTooManyIsToldUntilAnotherIsRetired() {
        plantReplicas(FormatLimits.REPLICAS_APPLIED - 1);
        RemoteLibrary anns = RemoteLibrary.open(ann, storage);
        assertThat(anns.sync().quarantined()).isEmpty();
        Database cid = device("cid");
        sync(cid);
        add(cid, "by Cid");
        RemoteLibrary cids = RemoteLibrary.open(cid, storage);
        assertThat(cids.sync().quarantined())
                .containsExactly(
                        new SyncReport.QuarantinedFile("v1/log/" + cid.replica(), Problem.FILE_TOO_MANY_DEVICES));
        SyncReport report = anns.sync();
        assertThat(report.quarantined())
                .extracting(SyncReport.QuarantinedFile::reason)
                .containsExactly(Problem.FILE_TOO_MANY_DEVICES);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.firstMissing()).isEmpty();
        anns.retire(new ReplicaId(5), SyncOptions.DEFAULT);
        assertThat(anns.sync().quarantined()).isEmpty();
        assertThat(ann.dump()).contains("by Cid");
        assertThat(cids.sync().quarantined()).isEmpty();
    }

    private void plantReplicas(int count) {
        SegmentEncoder encoder = new SegmentEncoder(ann.library(), 1);
        for (int number = 1; number <= count; number++) {
            Change change = new Change(
                    new Dot(new ReplicaId(number), 1),
                    (1_000L + number) << HlcTimestamp.COUNTER_BITS,
                    1_000L + number,
                    CausalContext.EMPTY,
                    Change.Kind.INSERT,
                    "todo",
                    new UUID(0x7000, Long.MIN_VALUE + number),
                    Map.of("title", "t"));
            SegmentEncoder.Encoded segment = encoder.encode(List.of(change));
            storage.put(segment.name().toString(), segment.content());
        }
    }

    @Proof
    @Test
    void ofThousandsOfJunkFilesOfAKindASyncReadsOnlySoMany() {
        int count = RemoteFiles.MAX_NEW + 500;
        for (int number = 1; number <= count; number++) {
            plant(new RecordName(new ReplicaId(number), 1, hash(number)));
            plant(new Retirement.Name(new ReplicaId(number), 1, hash(number)));
            plant(new SnapshotName(1L << 40, new ReplicaId(number), hash(number)));
            plant(new LibraryName(new UUID(number, number), 1));
        }
        FaultyStorage watched = new FaultyStorage(storage);
        RemoteLibrary library = RemoteLibrary.open(ann, watched);
        library.sync();
        for (String folder : List.of("v1/devices/", "v1/retired/", "v1/snapshots/", "v1/library/")) {
            assertThat(watched.asked().stream()
                            .filter(name -> name.startsWith(folder))
                            .distinct())
                    .as(folder)
                    .hasSizeBetween(RemoteFiles.MAX_NEW - 1, RemoteFiles.MAX_NEW + 1);
        }
        watched.asked().clear();
        library.sync();
        assertThat(watched.asked().stream()
                        .filter(name -> name.startsWith("v1/devices/"))
                        .distinct())
                .as("the next sync reads the rest")
                .hasSizeBetween(500, 502);
    }

    @Test
    void aRecordThatIsLeftUnreadCountsAsNotHeardFrom() {
        for (int number = 1; number <= RemoteFiles.MAX_NEW + 1; number++) {
            ReplicaId replica = new ReplicaId(number);
            byte[] content = new DeviceRecord(
                            replica,
                            new UUID(1, 1),
                            1,
                            List.of(),
                            "",
                            "",
                            "",
                            VersionVector.EMPTY,
                            Map.of(),
                            VersionVector.EMPTY,
                            VersionVector.EMPTY,
                            List.of(),
                            "",
                            Instant.EPOCH)
                    .toBytes();
            storage.put(DeviceRecord.nameOf(replica, 1, content).toString(), content);
        }
        RemoteListing listing = RemoteListing.of(storage.list(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS));
        FileErrorRegistry troubles = new FileErrorRegistry();
        SqliteDatabase database = (SqliteDatabase) ann;
        EncryptionPin pin = new EncryptionPin(database, storage.description());
        OtherDevices others = new OtherDevices(new SyncContext(
                database,
                new CountingStorage(storage),
                new CountingStorage(storage),
                new EncryptionGate(storage, pin, Encryption.NONE, InstantSource.system(), ScryptCost.MIN),
                "",
                InstantSource.system(),
                troubles,
                new RemoteStateStore(database, storage.description()),
                new Transfers()));
        others.read(listing);
        assertThat(others.hasUnreadDevice(listing)).isTrue();
        troubles.begin(listing.sizes());
        assertThat(others.hasUnreadDevice(listing))
                .as("those of another library wait for nothing")
                .isFalse();
    }

    /** Names with one hash code make a map slow unless they compare: 12,000 took seconds, 50,000 took minutes. */
    @Proof
    @Test
    void namesWithOneHashCodeAreListedInLinearTime() {
        List<LibraryName> names = new ArrayList<>();
        for (int number = 1; number <= 20_000; number++) {
            names.add(new LibraryName(new UUID(number, number), 1));
        }
        assertThat(names.stream().map(LibraryName::hashCode).distinct()).hasSize(1);
        names.forEach(this::plant);
        RemoteListing listing = assertTimeout(
                Duration.ofSeconds(5), () -> RemoteListing.of(storage.list(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS)));
        assertThat(listing.libraries()).hasSize(names.size() + 1);
    }
}
