package dev.tidemark.engine.internal.segment;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.snapshot.PartReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Small files with valid checksums that declare or inflate to more than the memory can hold. */
class HostileContentTest {
    private static final UUID LIBRARY = new UUID(1, 2);
    private static final ReplicaId REPLICA = new ReplicaId(0xabc);
    private static final int SEGMENT_STREAMS = 7;
    private static final int PART_STREAMS = 9;

    /** Beside the content itself, inflated. */
    private static final long SOME = 8L << 20;

    private interface Body {
        void write(MessageBufferPacker packer) throws IOException;
    }

    private static byte[] body(Body body) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            body.write(packer);
            return packer.toByteArray();
        }
    }

    /** Refused, for less than this memory. */
    private static void assertRefused(ThrowingCallable reading, long most) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Throwable refused = catchThrowable(reading);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refused).isInstanceOfAny(DamagedFileException.class, FormatException.class);
        assertThat(taken).as("bytes taken").isLessThan(most);
    }

    private static void assertRefusedAsSegment(Body written) throws IOException {
        byte[] body = body(written);
        byte[] header =
                new SegmentHeader(LIBRARY, 1, REPLICA, 1, 2, ChainDigest.start(REPLICA), CHAIN, 0).encode(body.length);
        byte[] file =
                FileFrame.wrap(FileFrame.KIND_SEGMENT, header, Compression.compress(body, Compression.Effort.NORMAL));
        assertThat(file.length).as("what it takes in the storage").isLessThan(body.length / 20 + 1_000);
        SegmentName name = new SegmentName(REPLICA, 1, 2, CHAIN, FileFrame.hashOf(file));
        assertRefused(() -> SegmentReader.open(name, file).next(), body.length + SOME);
    }

    private static void assertRefusedAsPart(Body written) throws IOException {
        byte[] body = body(written);
        Snapshot.Part part = new Snapshot.Part(body.length, Compression.compress(body, Compression.Effort.NORMAL));
        assertRefused(() -> PartReader.open(part).next(), body.length + SOME);
    }

    private static void assertRefusedAsBoth(Body written) throws IOException {
        assertRefusedAsSegment(written);
        assertRefusedAsPart(written);
    }

    private static void many(MessageBufferPacker packer, int count, byte each) throws IOException {
        packer.packArrayHeader(count);
        byte[] entries = new byte[count];
        java.util.Arrays.fill(entries, each);
        packer.writePayload(entries);
    }

    private static void streams(MessageBufferPacker packer, int count) throws IOException {
        for (int stream = 0; stream < count; stream++) {
            packer.packBinaryHeader(0);
        }
    }

    @Test
    void millionsOfReplicasAreNotRead() throws Exception {
        assertRefusedAsBoth(packer -> many(packer, 4_000_000, (byte) 1));
    }

    @Test
    void millionsOfTablesAreNotRead() throws Exception {
        assertRefusedAsBoth(packer -> {
            packer.packArrayHeader(0).packArrayHeader(1_000_000);
            for (int table = 0; table < 1_000_000; table++) {
                packer.packArrayHeader(2).packString("t").packArrayHeader(0);
            }
        });
    }

    @Test
    void millionsOfColumnsAreNotRead() throws Exception {
        assertRefusedAsBoth(packer -> {
            packer.packArrayHeader(0).packArrayHeader(1);
            packer.packArrayHeader(2).packString("t");
            many(packer, 4_000_000, (byte) 0xa0);
        });
    }

    @Test
    void millionsOfShapesAreNotRead() throws Exception {
        assertRefusedAsSegment(packer -> {
            packer.packArrayHeader(0).packArrayHeader(0).packArrayHeader(1_000_000);
            for (int shape = 0; shape < 1_000_000; shape++) {
                packer.packArrayHeader(3).packInt(0).packInt(0).packArrayHeader(0);
            }
        });
        assertRefusedAsPart(packer -> {
            packer.packArrayHeader(0).packArrayHeader(0).packArrayHeader(1_000_000);
            for (int shape = 0; shape < 1_000_000; shape++) {
                packer.packArrayHeader(2).packInt(0).packArrayHeader(0);
            }
        });
    }

    @Test
    void millionsOfColumnsOfOneShapeAreNotRead() throws Exception {
        assertRefusedAsSegment(packer -> {
            packer.packArrayHeader(0).packArrayHeader(0).packArrayHeader(1);
            packer.packArrayHeader(3).packInt(0).packInt(0);
            many(packer, 4_000_000, (byte) 0);
        });
        assertRefusedAsPart(packer -> {
            packer.packArrayHeader(0).packArrayHeader(0).packArrayHeader(1);
            packer.packArrayHeader(2).packInt(0).packArrayHeader(1);
            packer.packArrayHeader(2).packInt(0);
            many(packer, 4_000_000, (byte) 0);
        });
    }

    @Test
    void aCausalContextOfMillionsOfChangesIsNotRead() throws Exception {
        assertRefusedAsSegment(packer -> {
            packer.packArrayHeader(1).packLong(5);
            packer.packArrayHeader(1).packArrayHeader(2).packString("t").packArrayHeader(0);
            packer.packArrayHeader(1).packArrayHeader(3).packInt(0).packInt(0).packArrayHeader(0);
            for (int stream = 0; stream < SEGMENT_STREAMS; stream++) {
                byte[] content = stream == 3 ? unseen(2_000_000) : stream == 6 ? new byte[16] : new byte[] {1, 0, 0};
                packer.packBinaryHeader(content.length).writePayload(content);
            }
        });
    }

    private static byte[] unseen(int count) throws IOException {
        return body(packer -> {
            packer.packArrayHeader(2).packArrayHeader(0).packArrayHeader(2 * count);
            for (int dot = 0; dot < count; dot++) {
                packer.packInt(0).packInt(1 + dot % 100);
            }
        });
    }

    @Test
    void millionsOfOpenWritesOfOneRowAreNotRead() throws Exception {
        assertRefusedAsPart(packer -> {
            packer.packArrayHeader(0);
            packer.packArrayHeader(1).packArrayHeader(2).packString("t").packArrayHeader(0);
            packer.packArrayHeader(1).packArrayHeader(2).packInt(0).packArrayHeader(0);
            for (int stream = 0; stream < PART_STREAMS; stream++) {
                byte[] content = switch (stream) {
                    case 0, 6, 7 -> new byte[] {1, 0};
                    case 5 -> body(siblings -> siblings.packArrayHeader(50_000_000));
                    case 8 -> new byte[8];
                    default -> new byte[0];
                };
                packer.packBinaryHeader(content.length).writePayload(content);
            }
        });
    }

    /** What a reader would build of each is refused before: lists of any length, and lists in lists. */
    @Test
    void aHeaderThatIsNestedOrClaimsGigabytesIsReadInItsLength() throws Exception {
        byte[] nested = new byte[1 << 20];
        java.util.Arrays.fill(nested, (byte) 0x91);
        byte[] list = {(byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] blob = {(byte) 0xc6, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] text = {(byte) 0xdb, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] extension = {(byte) 0xc9, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
        for (byte[] value : new byte[][] {nested, list, blob, text, extension}) {
            byte[] start = body(packer -> packer.packMapHeader(1).packString("library"));
            byte[] header = ByteBuffer.allocate(start.length + value.length)
                    .put(start)
                    .put(value)
                    .array();
            byte[] segment = FileFrame.wrap(
                    FileFrame.KIND_SEGMENT, header, Compression.compress(new byte[10], Compression.Effort.NORMAL));
            SegmentName name = new SegmentName(REPLICA, 1, 1, CHAIN, FileFrame.hashOf(segment));
            assertRefused(() -> SegmentReader.open(name, segment), SOME);
            byte[] part = FileFrame.wrap(
                    FileFrame.KIND_PART, header, Compression.compress(new byte[10], Compression.Effort.NORMAL));
            PartName partName = new PartName(5, REPLICA, 0, FileFrame.hashOf(part));
            assertRefused(() -> PartFile.read(partName, new PartFile.Owner(LIBRARY, 1, 5, REPLICA), part), SOME);
        }
    }

    /** Bounds that are met exactly are read. */
    @Test
    void asManyReplicasAsAreAllowedAreRead() throws Exception {
        byte[] body = body(packer -> {
            many(packer, FormatLimits.REPLICAS, (byte) 1);
            packer.packArrayHeader(0).packArrayHeader(0);
            streams(packer, PART_STREAMS);
        });
        assertThat(PartReader.open(
                                new Snapshot.Part(body.length, Compression.compress(body, Compression.Effort.NORMAL)))
                        .next())
                .isNull();
    }
}
