package dev.tidemark.engine.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.Compression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;

/**
 * docs/correctness.md#r9: a timestamp of 2^47 ms or more is malformed. Its file counts as damaged from that change on,
 * and nothing else is affected.
 */
class MalformedTimestampTest {
    private static final ReplicaId REPLICA = new ReplicaId(7);

    @Test
    void whatComesBeforeAMalformedStampIsReadAndThenTheFileIsDamaged() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            changes.add(new Change(
                    new Dot(REPLICA, number),
                    number < 3 ? number : 2 + (1L << 58),
                    0,
                    CausalContext.EMPTY,
                    Change.Kind.INSERT,
                    "t",
                    new UUID(0, number),
                    new HashMap<>()));
        }
        SegmentEncoder.Encoded whole = new SegmentEncoder(new UUID(1, 2), 1).encode(changes);
        FileFrame.Parts parts = FileFrame.unwrap("x", FileFrame.KIND_SEGMENT, whole.content());
        byte[] header = bytes(parts.header());
        byte[] body = Compression.decompress(
                parts.body(),
                SegmentHeader.decode(MessagePack.newDefaultUnpacker(header), header.length)
                        .bodyLength());
        int place = place(body, new byte[] {8, 0, 0, 8, 0, 0, 0});
        body[place + 3] = 16;
        byte[] file =
                FileFrame.wrap(FileFrame.KIND_SEGMENT, header, Compression.compress(body, Compression.Effort.NORMAL));

        SegmentReader reader =
                SegmentReader.open(new SegmentName(REPLICA, 1, 3, whole.name().chain(), FileFrame.hashOf(file)), file);
        assertThat(reader.next()).isEqualTo(changes.get(0));
        assertThat(reader.next()).isEqualTo(changes.get(1));
        assertThatThrownBy(reader::next).isInstanceOf(DamagedFileException.class);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static int place(byte[] content, byte[] wanted) {
        for (int place = 0; place + wanted.length <= content.length; place++) {
            if (ByteBuffer.wrap(content, place, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                return place;
            }
        }
        throw new AssertionError("The difference of times was not found");
    }
}
