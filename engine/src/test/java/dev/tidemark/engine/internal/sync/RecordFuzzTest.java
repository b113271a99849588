package dev.tidemark.engine.internal.sync;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.segment.SegmentFixture;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON files with a valid checksum and any content are read or refused as damaged; so are names. */
class RecordFuzzTest {
    private static final UUID LIBRARY = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final ReplicaId REPLICA = ReplicaId.parse("0123456789abcdef");
    private static final ReplicaId OTHER = ReplicaId.parse("1123456789abcdef");
    private static final VersionVector VECTOR = VersionVector.of(Map.of(REPLICA, 3L, OTHER, 7L));
    private static final long CLOCK = 1L << 50;

    @MethodSource("soundDevices")
    @FuzzTest
    void device(byte[] input) {
        orDamaged(() -> DeviceRecord.read(new RecordName(REPLICA, 1, ContentHash.of(input)), input)
                .acknowledgement());
    }

    @MethodSource("soundRetirements")
    @FuzzTest
    void retirement(byte[] input) {
        orDamaged(() -> Retirement.read(new Retirement.Name(REPLICA, 3, ContentHash.of(input)), input));
    }

    @MethodSource("soundManifests")
    @FuzzTest
    void manifest(byte[] input) {
        orDamaged(() -> SnapshotManifest.read(new SnapshotName(CLOCK, REPLICA, ContentHash.of(input)), input)
                .size());
    }

    /** All of a library file but its checksum. */
    @MethodSource("soundLibraries")
    @FuzzTest
    void library(byte[] input) {
        orDamaged(() -> LibraryFile.read(
                new LibraryName(LIBRARY, 1),
                LibraryFile.withChecksum(new String(input, StandardCharsets.UTF_8) + "}")));
    }

    @MethodSource("soundNames")
    @FuzzTest
    void name(byte[] input) {
        String name = new String(input, StandardCharsets.UTF_8);
        SegmentName.parse(name);
        PartName.parse(name);
        KeyName.parse(name);
        LibraryName.parse(name);
        RecordName.parse(name);
        SnapshotName.parse(name);
        Retirement.Name.parse(name);
        RemoteNames.parseBlob(name);
    }

    private static void orDamaged(Runnable read) {
        try {
            read.run();
        } catch (DamagedFileException | NewerFormatException e) {
            // Sync sets the file aside by its name.
        }
    }

    static List<byte[]> soundDevices() {
        return List.of(new DeviceRecord(
                        REPLICA,
                        LIBRARY,
                        1,
                        List.of(new UUID(3, 4)),
                        "Laptop",
                        "Linux",
                        "Tidemark 0.1.0",
                        VECTOR,
                        SegmentFixture.chains(VECTOR.heads().keySet()),
                        VECTOR,
                        VECTOR,
                        List.of("v1/log/x.seg"),
                        "0123",
                        Instant.EPOCH)
                .toBytes());
    }

    static List<byte[]> soundRetirements() {
        return List.of(new Retirement(LIBRARY, REPLICA, 3, OTHER, Instant.EPOCH).toBytes());
    }

    static List<byte[]> soundManifests() {
        PartFile.Owner owner = new PartFile.Owner(LIBRARY, 1, CLOCK, REPLICA);
        PartName part = new PartName(CLOCK, REPLICA, 0, "00112233445566778899aabbccddeeff");
        return List.of(new SnapshotManifest(
                        owner,
                        VECTOR,
                        SegmentFixture.chains(VECTOR.heads().keySet()),
                        List.of(new SnapshotManifest.Part(part, 1_000)),
                        Instant.EPOCH)
                .toBytes());
    }

    static List<byte[]> soundLibraries() {
        String file = new String(
                LibraryFile.write(new LibraryName(LIBRARY, 1), LibraryFile.ENCRYPTED, REPLICA), StandardCharsets.UTF_8);
        return List.of(file.substring(0, file.indexOf(",\"checksum\"")).getBytes(StandardCharsets.UTF_8));
    }

    static List<byte[]> soundNames() {
        return Stream.of(
                        "v1/log/0123456789abcdef/000000000001-000000000042-ffeeddccbbaa99887766554433221100-00112233445566778899aabbccddeeff.seg",
                        new LibraryName(LIBRARY, 1),
                        new RecordName(REPLICA, 1, "00112233445566778899aabbccddeeff"),
                        new SnapshotName(CLOCK, REPLICA, "00112233445566778899aabbccddeeff"),
                        new PartName(CLOCK, REPLICA, 0, "00112233445566778899aabbccddeeff"),
                        new Retirement.Name(REPLICA, 3, "00112233445566778899aabbccddeeff"),
                        "v1/blobs/" + "0123456789abcdef".repeat(4))
                .map(name -> name.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void mutationsOfDeviceRecordsAreReadOrRefused() {
        Mutations.run(soundDevices(), this::device);
    }

    @Test
    void mutationsOfRetirementsAreReadOrRefused() {
        Mutations.run(soundRetirements(), this::retirement);
    }

    @Test
    void mutationsOfManifestsAreReadOrRefused() {
        Mutations.run(soundManifests(), this::manifest);
    }

    @Test
    void mutationsOfLibraryFilesAreReadOrRefused() {
        Mutations.run(soundLibraries(), this::library);
    }

    @Test
    void mutationsOfNamesAreReadOrRefused() {
        Mutations.run(soundNames(), this::name);
    }
}
