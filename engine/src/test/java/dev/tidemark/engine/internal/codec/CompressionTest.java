package dev.tidemark.engine.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.tidemark.engine.internal.codec.Compression.Effort;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final int MAGIC = 0x28b52ffd;

    private static byte[] sample(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(length);
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : index >>> 5);
        }
        return bytes;
    }

    private static byte[] compressed(int length) {
        return Compression.compress(sample(length), Effort.NORMAL);
    }

    private static void assertRefused(byte[] frame, long length, String why) {
        assertThatThrownBy(() -> Compression.decompress(ByteBuffer.wrap(frame), length))
                .as(why)
                .isInstanceOf(FormatException.class);
    }

    /** A frame header that declares this length in eight bytes, and a window of 1 MiB. */
    private static ByteBuffer frame(long length) {
        return ByteBuffer.allocate(64)
                .putInt(MAGIC)
                .put((byte) 0xc4)
                .put((byte) (10 << 3))
                .putLong(Long.reverseBytes(length));
    }

    private static byte[] written(ByteBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** The checksum with which a frame of this content ends. */
    private static byte[] checksum(byte[] content) {
        byte[] frame = Compression.compress(content, Effort.FAST);
        return Arrays.copyOfRange(frame, frame.length - 4, frame.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_791, 65_792, 262_144, 262_145, 524_288, 9_000_000})
    void decompressionReturnsTheBytes(int length) {
        byte[] bytes = sample(length);
        for (Effort effort : Effort.values()) {
            byte[] frame = Compression.compress(bytes, effort);
            assertThat(Compression.decompress(ByteBuffer.wrap(frame), length)).isEqualTo(bytes);
            assertThat(Compression.compress(bytes, effort)).isEqualTo(frame);
        }
    }

    @Test
    void aBufferWithinAnArrayKeepsItsPosition() {
        byte[] frame = compressed(1_000);
        byte[] around = new byte[frame.length + 20];
        System.arraycopy(frame, 0, around, 7, frame.length);
        ByteBuffer buffer = ByteBuffer.wrap(around, 7, frame.length).slice();
        assertThat(Compression.decompress(buffer, 1_000)).isEqualTo(sample(1_000));
        assertThat(buffer.position()).isZero();
    }

    @Test
    void anotherLengthThanTheDeclaredOneIsRefused() {
        byte[] frame = compressed(1_000);
        for (long claimed : new long[] {-1, 0, 999, 1_001, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertRefused(frame, claimed, "claims " + claimed);
        }
    }

    @Test
    void framesThatNoWriterMakesAreRefused() {
        byte[] bytes = sample(300_000);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            assertRefused(context.compress(bytes), bytes.length, "no checksum");
            context.setChecksum(true);
            assertThat(Compression.decompress(ByteBuffer.wrap(context.compress(bytes)), bytes.length))
                    .isEqualTo(bytes);
            assertRefused(context.setContentSize(false).compress(bytes), bytes.length, "no declared length");
        }
        byte[] dictionary = Zstd.compress(sample(2_000));
        byte[] frame = compressed(300_000);
        byte[] withDictionary = frame.clone();
        withDictionary[4] |= 1;
        assertRefused(withDictionary, bytes.length, "with a dictionary");
        assertRefused(dictionary, 300_000, "another frame");
        assertRefused(new byte[0], 0, "nothing");
        assertRefused(new byte[100], 0, "zeros");
        byte[] skippable = written(ByteBuffer.allocate(64)
                .putInt(Integer.reverseBytes(0x184d2a50))
                .putInt(Integer.reverseBytes(4))
                .putInt(0));
        assertRefused(skippable, 0, "a skippable frame");
        byte[] wide = written(frame(0).put(new byte[] {1, 0, 0}).put(checksum(new byte[0])));
        wide[5] = (byte) (13 << 3 | 1);
        assertRefused(wide, 0, "a window of 9 MiB");
        wide[5] = (byte) (13 << 3);
        assertThat(Compression.decompress(ByteBuffer.wrap(wide), 0)).isEmpty();
    }

    @Test
    void bytesAfterTheFrameAreRefused() {
        byte[] frame = compressed(1_000);
        assertRefused(Arrays.copyOf(frame, frame.length + 1), 1_000, "a byte more");
        byte[] twice = Arrays.copyOf(frame, 2 * frame.length);
        System.arraycopy(frame, 0, twice, frame.length, frame.length);
        assertRefused(twice, 1_000, "two frames");
        assertRefused(twice, 2_000, "two frames, both counted");
    }

    @Test
    void everyBeginningOfAFrameIsRefused() {
        byte[] frame = compressed(3_000);
        for (int length = 0; length < frame.length; length++) {
            assertRefused(Arrays.copyOf(frame, length), 3_000, length + " bytes");
        }
    }

    @Test
    void changedBytesAreRefused() {
        byte[] bytes = sample(20_000);
        byte[] frame = compressed(bytes.length);
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] harmed = frame.clone();
            harmed[random.nextInt(round % 2 == 0 ? 40 : harmed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                // Few bits have no meaning.
                assertThat(Compression.decompress(ByteBuffer.wrap(harmed), bytes.length))
                        .isEqualTo(bytes);
            } catch (FormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    /** No memory is allocated for a length that the blocks cannot have. */
    @Test
    void aLengthThatTheBlocksCannotHaveIsRefused() {
        int block = 128 << 10;
        byte[] run = {(byte) (1 << 1 | 1), 0, 0x10, 0};
        byte[] checksum = checksum(new byte[block]);
        byte[] zeros = written(frame(block).put(run).put(checksum));
        assertThat(Compression.decompress(ByteBuffer.wrap(zeros), block)).isEqualTo(new byte[block]);
        assertRefused(written(frame(block + 1).put(run).put(checksum)), block + 1, "more than one block");
        assertRefused(written(frame(1).put(new byte[] {3 << 1 | 1, 0, 0, 0, 0, 0, 0})), 1, "a reserved block");
        assertRefused(written(frame(-1).put(new byte[] {1, 0, 0, 0, 0, 0, 0})), -1, "a negative length");
        assertRefused(
                written(frame(256L << 20).put(new byte[] {1, 0, 0, 0, 0, 0, 0})), 256L << 20, "256 MiB in one block");
    }
}
