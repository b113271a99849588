package dev.tidemark.engine.internal.segment;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ColumnarWriter;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class SegmentTest {
    private static final UUID LIBRARY = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final ReplicaId REPLICA = ReplicaId.parse("0123456789abcdef");

    private final SegmentEncoder encoder = new SegmentEncoder(LIBRARY, 1);

    @Test
    void givesBackWhatWasWritten() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<Change> changes =
                    new RandomChanges(random).any(REPLICA, 1 + random.nextInt(1_000), 1 + random.nextInt(200));
            SegmentEncoder.Encoded segment = encoder.encode(
                    changes, changes.getFirst().dot().sequence() == 1 ? ChainDigest.start(REPLICA) : CHAIN);
            SegmentReader reader = SegmentReader.open(segment.name(), segment.content());
            assertThat(reader.header()).isEqualTo(segment.header());
            assertSame(readAll(reader), changes, "seed " + seed);
        }
    }

    @Test
    void writesTheSameBytesForTheSameChanges() {
        List<Change> changes = new RandomChanges(new Random(7)).any(REPLICA, 1, 100);
        assertThat(encoder.encode(changes).content())
                .isEqualTo(encoder.encode(changes).content());
        assertThat(encoder.encode(changes).name())
                .isNotEqualTo(encoder.encode(changes, CHAIN).name());
    }

    @Test
    void namesAreReadAsWritten() {
        String hashes = "0123456789abcdef0123456789abcdef-00112233445566778899aabbccddeeff";
        String folder = "v1/log/0123456789abcdef/";
        SegmentName name = new SegmentName(
                REPLICA,
                1,
                42,
                ChainHash.parse("0123456789abcdef0123456789abcdef"),
                "00112233445566778899aabbccddeeff");
        assertThat(name.toString()).isEqualTo(folder + "000000000001-000000000042-" + hashes + ".seg");
        assertThat(SegmentName.parse(name.toString())).contains(name);
        for (String wrong : List.of(
                folder + "1-42-" + hashes + ".seg",
                folder + "000000000042-000000000001-" + hashes + ".seg",
                folder + "000000000000-000000000001-" + hashes + ".seg",
                "v1/log/f123456789abcdef/000000000001-000000000001-" + hashes + ".seg",
                folder + "000000000001-000000000042-" + hashes + "-laptop.seg",
                folder + "000000000001-000000000042-" + hashes.substring(33) + ".seg",
                folder + "000000000001-000000000042-" + hashes + ".seg.age")) {
            assertThat(SegmentName.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void flippedBytesAndCutFilesAreOnlyEverDamaged() {
        Random random = new Random(20_260_101);
        SegmentEncoder.Encoded segment = encoder.encode(new RandomChanges(random).any(REPLICA, 1, 50));
        for (int round = 0; round < 5_000; round++) {
            byte[] harmed = harm(segment.content(), random);
            assertDamaged(segment.name(), harmed, "round " + round);
        }
    }

    /** The checksum fits, but the changes are not those that the name stands for. */
    @Test
    void aFileWithoutTheChangesOfItsChainIsDamagedAtItsEnd() throws Exception {
        List<Change> changes = new RandomChanges(new Random(5)).any(REPLICA, 1, 3);
        ColumnarWriter columns = new ColumnarWriter();
        for (Change change : changes) {
            columns.add(change);
        }
        byte[] body = columns.toBytes();
        SegmentHeader header = new SegmentHeader(LIBRARY, 1, REPLICA, 1, 3, ChainDigest.start(REPLICA), CHAIN, 0);
        byte[] file = FileFrame.wrap(
                FileFrame.KIND_SEGMENT,
                header.encode(body.length),
                Compression.compress(body, Compression.Effort.NORMAL));
        SegmentReader reader = SegmentReader.open(new SegmentName(REPLICA, 1, 3, CHAIN, FileFrame.hashOf(file)), file);
        assertThatThrownBy(() -> readAll(reader)).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aChainThatDoesNotStartAtTheFirstChangeIsRefused() {
        SegmentEncoder.Encoded segment = encoder.encode(new RandomChanges(new Random(5)).any(REPLICA, 1, 3), CHAIN);
        assertThatThrownBy(() -> SegmentReader.open(segment.name(), segment.content()))
                .isInstanceOf(DamagedFileException.class);
    }

    private static byte[] harm(byte[] content, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(content, random.nextInt(content.length));
            case 1 -> Arrays.copyOf(content, content.length + 1 + random.nextInt(10));
            default -> {
                byte[] harmed = content.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    harmed[random.nextInt(harmed.length)] ^= (byte) (1 + random.nextInt(255));
                }
                yield Arrays.equals(harmed, content) ? new byte[0] : harmed;
            }
        };
    }

    /** Somebody who can write to the storage can also write checksums. */
    @Test
    void hostileFilesWithAChecksumThatFitsAreOnlyEverDamagedOrChanges() throws Exception {
        readHostileFiles(200, new Random(20_260_102));
    }

    @Proof
    @Test
    void fiveThousandHostileFilesOfTodayAreOnlyEverDamagedOrChanges() throws Exception {
        long seed = Seeds.ofToday();
        System.out.println("Hostile segments with -Dtidemark.seed=" + seed);
        readHostileFiles(5_000, new Random(seed));
    }

    private void readHostileFiles(int rounds, Random random) throws Exception {
        SegmentEncoder.Encoded segment = encoder.encode(new RandomChanges(random).any(REPLICA, 1, 50));
        FileFrame.Parts parts = FileFrame.unwrap("x", FileFrame.KIND_SEGMENT, segment.content());
        byte[] header = bytes(parts.header());
        byte[] body = Compression.decompress(
                parts.body(),
                SegmentHeader.decode(MessagePack.newDefaultUnpacker(header), header.length)
                        .bodyLength());
        int damaged = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] harmed = body.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                harmed[random.nextInt(round % 2 == 0 ? 200 : harmed.length)] = (byte) random.nextInt(256);
            }
            byte[] file = FileFrame.wrap(
                    FileFrame.KIND_SEGMENT, header, Compression.compress(harmed, Compression.Effort.NORMAL));
            SegmentName name = new SegmentName(REPLICA, 1, 50, segment.name().chain(), FileFrame.hashOf(file));
            try {
                readAll(SegmentReader.open(name, file));
            } catch (DamagedFileException expected) {
                damaged++;
            } catch (Throwable other) {
                fail("round " + round, other);
            }
        }
        assertThat(damaged).isGreaterThan(rounds / 10);
    }

    @Test
    void refusesRenamedFiles() {
        SegmentEncoder.Encoded segment = encoder.encode(new RandomChanges(new Random(1)).any(REPLICA, 5, 3), CHAIN);
        SegmentName name = segment.name();
        for (SegmentName wrong : List.of(
                new SegmentName(new ReplicaId(1), 5, 7, name.chain(), name.hash()),
                new SegmentName(REPLICA, 4, 7, name.chain(), name.hash()),
                new SegmentName(REPLICA, 5, 8, name.chain(), name.hash()),
                new SegmentName(REPLICA, 5, 7, CHAIN, name.hash()),
                new SegmentName(REPLICA, 5, 7, name.chain(), "00112233445566778899aabbccddeeff"))) {
            assertThatThrownBy(() -> SegmentReader.open(wrong, segment.content()))
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining(wrong.toString())
                    .hasMessageContaining("renamed");
        }
    }

    @Test
    void refusesWhatIsNoSegment() {
        SegmentName name = new SegmentName(REPLICA, 1, 1, CHAIN, "00112233445566778899aabbccddeeff");
        for (String text : List.of("", "x", "<html>Please log in</html>", "y".repeat(1_000))) {
            assertDamaged(name, text.getBytes(StandardCharsets.UTF_8), text);
        }
    }

    @Test
    void tellsANewerVersionFromDamage() throws Exception {
        SegmentEncoder.Encoded segment = encoder.encode(new RandomChanges(new Random(1)).any(REPLICA, 1, 3));
        byte[] newer = segment.content().clone();
        newer[9] = 2;
        assertDamaged(segment.name(), newer, "without a fitting checksum");
        byte[] content = Arrays.copyOf(newer, newer.length - 32);
        byte[] checksum = MessageDigest.getInstance("SHA-256").digest(content);
        System.arraycopy(checksum, 0, newer, content.length, 32);
        assertThatThrownBy(() -> SegmentReader.open(segment.name(), newer))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("format version 2");
    }

    @Test
    void doesNotBelieveALengthThatCannotBe() throws Exception {
        byte[] small = Compression.compress(new byte[100], Compression.Effort.NORMAL);
        SegmentHeader header = new SegmentHeader(LIBRARY, 1, REPLICA, 1, 1, ChainDigest.start(REPLICA), CHAIN, 0);
        for (long claimed : new long[] {-1, 99, 101, 1 << 20, 1L << 29, Long.MAX_VALUE}) {
            byte[] file = FileFrame.wrap(FileFrame.KIND_SEGMENT, header.encode(claimed), small);
            assertDamaged(new SegmentName(REPLICA, 1, 1, CHAIN, FileFrame.hashOf(file)), file, "claims " + claimed);
        }
    }

    /**
     * A megabyte of compressed zeros inflates to a gigabyte: whoever can write to the storage could stop every device
     * so.
     */
    @Test
    void whatInflatesToMoreThanWritersMakeIsNotInflated() throws Exception {
        byte[] small = Compression.compress(new byte[64 << 20], Compression.Effort.NORMAL);
        long tooMuch = SegmentReader.MAX_CONTENT + 1;
        SegmentHeader header = new SegmentHeader(LIBRARY, 1, REPLICA, 1, 2, ChainDigest.start(REPLICA), CHAIN, 0);
        byte[] segment = FileFrame.wrap(FileFrame.KIND_SEGMENT, header.encode(tooMuch), small);
        assertThatThrownBy(() ->
                        SegmentReader.open(new SegmentName(REPLICA, 1, 2, CHAIN, FileFrame.hashOf(segment)), segment))
                .isInstanceOfSatisfying(
                        DamagedFileException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Problem.FILE_TOO_LARGE));
        // A single change may be as large as somebody's value, but not more than there is memory for.
        SegmentHeader alone = new SegmentHeader(LIBRARY, 1, REPLICA, 1, 1, ChainDigest.start(REPLICA), CHAIN, 0);
        byte[] huge = FileFrame.wrap(FileFrame.KIND_SEGMENT, alone.encode(FileFrame.mostContent(true) + 1), small);
        assertThatThrownBy(
                        () -> SegmentReader.open(new SegmentName(REPLICA, 1, 1, CHAIN, FileFrame.hashOf(huge)), huge))
                .isInstanceOfSatisfying(
                        DamagedFileException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Problem.FILE_TOO_LARGE));
    }

    @Test
    void aPartOfASnapshotThatInflatesToMoreThanAFileMayHoldIsNotInflated() {
        PartFile.Owner owner = new PartFile.Owner(LIBRARY, 1, 5, REPLICA);
        Snapshot.Part bomb = new Snapshot.Part(
                FileFrame.MAX_PART + 1, Compression.compress(new byte[1 << 20], Compression.Effort.NORMAL));
        PartFile file = PartFile.encode(owner, 0, bomb);
        assertThatThrownBy(() -> PartFile.read(file.name(), owner, file.content()))
                .isInstanceOfSatisfying(
                        DamagedFileException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Problem.FILE_TOO_LARGE));
    }

    @Test
    void takesNoMemoryForWhatIsOnlyClaimed() throws Exception {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packArrayHeader(0); // no replicas
            packer.packArrayHeader(1)
                    .packArrayHeader(2)
                    .packString("t")
                    .packArrayHeader(1)
                    .packString("c");
            packer.packArrayHeader(1)
                    .packArrayHeader(3)
                    .packInt(0)
                    .packInt(0)
                    .packArrayHeader(1)
                    .packInt(0);
            byte[] zero = {1, 0};
            for (byte[] stream : List.of(zero, zero, zero, new byte[] {(byte) 0xc0}, zero, zero)) {
                packer.packBinaryHeader(stream.length).writePayload(stream);
            }
            byte[] start = packer.toByteArray();
            byte[] text = {(byte) 0xc4, 6, 3, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe, (byte) 0xc4, 0};
            byte[] blob = {(byte) 0xc4, 6, 4, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe, (byte) 0xc4, 0};
            for (byte[] claim : List.of(text, blob)) {
                byte[] body = ByteBuffer.allocate(start.length + claim.length + 10)
                        .put(start)
                        .put(claim)
                        .put(new byte[] {(byte) 0xc4, 8, 0, 0, 0, 0, 0, 0, 0, 0})
                        .array();
                byte[] header = new SegmentHeader(LIBRARY, 1, REPLICA, 1, 1, ChainDigest.start(REPLICA), CHAIN, 0)
                        .encode(body.length);
                byte[] file = FileFrame.wrap(
                        FileFrame.KIND_SEGMENT, header, Compression.compress(body, Compression.Effort.NORMAL));
                assertDamaged(new SegmentName(REPLICA, 1, 1, CHAIN, FileFrame.hashOf(file)), file, "claims 2 GiB");
            }
        }
    }

    @Proof
    @Test
    void keepsAHundredThousandTodosBelowSevenMegabytes() {
        RandomChanges random = new RandomChanges(new Random(1));
        long bytes = 0;
        long encoding = 0;
        long decoding = 0;
        for (int part = 0; part < 2; part++) {
            List<Change> todos = random.todos(REPLICA, 1 + part * 50_000L, 50_000);
            long start = System.nanoTime();
            SegmentEncoder.Encoded segment = encoder.encode(todos);
            encoding += System.nanoTime() - start;
            start = System.nanoTime();
            int count = readAll(SegmentReader.open(segment.name(), segment.content()))
                    .size();
            decoding += System.nanoTime() - start;
            assertThat(count).isEqualTo(50_000);
            bytes += segment.content().length;
        }
        System.out.printf(
                "100,000 todos: %,d bytes, encoded in %d ms, decoded in %d ms%n",
                bytes, encoding / 1_000_000, decoding / 1_000_000);
        assertThat(bytes).isLessThan(7_000_000);
    }

    @Test
    void writesRowsWithoutColumns() {
        Change bare = new Change(
                new Dot(REPLICA, 1),
                5,
                0,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "t",
                new UUID(0, 0),
                new HashMap<>());
        SegmentEncoder.Encoded segment = encoder.encode(List.of(bare));
        assertThat(readAll(SegmentReader.open(segment.name(), segment.content())))
                .containsExactly(bare);
    }

    private static void assertDamaged(SegmentName name, byte[] file, String what) {
        try {
            readAll(SegmentReader.open(name, file));
        } catch (DamagedFileException expected) {
            assertThat(expected.file()).isEqualTo(name.toString());
            assertThat(expected.reason()).isNotNull();
            return;
        } catch (Throwable other) {
            fail(what, other);
        }
        fail(what + " was taken for a segment");
    }

    private static List<Change> readAll(SegmentReader reader) {
        List<Change> changes = new ArrayList<>();
        for (Change change = reader.next(); change != null; change = reader.next()) {
            changes.add(change);
        }
        return changes;
    }

    private static void assertSame(List<Change> found, List<Change> wanted, String what) {
        assertThat(found).as(what).hasSameSizeAs(wanted);
        for (int index = 0; index < wanted.size(); index++) {
            Change one = found.get(index);
            Change other = wanted.get(index);
            assertThat(withoutValues(one)).as(what).isEqualTo(withoutValues(other));
            assertThat(one.values().keySet()).isEqualTo(other.values().keySet());
            for (Map.Entry<String, Object> value : one.values().entrySet()) {
                assertThat(Objects.deepEquals(value.getValue(), other.values().get(value.getKey())))
                        .as(what)
                        .isTrue();
            }
        }
    }

    private static Change withoutValues(Change change) {
        return new Change(
                change.dot(),
                change.transaction(),
                change.hlcTime(),
                change.wallMillis(),
                change.context(),
                change.kind(),
                change.table(),
                change.row(),
                change.kind() == Change.Kind.SCHEMA ? change.values() : Map.of());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
