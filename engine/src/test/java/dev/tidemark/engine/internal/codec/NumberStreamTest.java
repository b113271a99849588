package dev.tidemark.engine.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberStreamTest {
    private static byte[] written(long... numbers) {
        NumberWriter writer = new NumberWriter();
        Arrays.stream(numbers).forEach(writer::add);
        return writer.toBytes();
    }

    private static long[] read(byte[] stream, int count) {
        NumberReader reader = new NumberReader(stream, 0, stream.length, count);
        assertThat(reader.end()).isEqualTo(stream.length);
        long[] numbers = LongStream.generate(reader::next).limit(count).toArray();
        assertThatThrownBy(reader::next).isInstanceOf(FormatException.class);
        return numbers;
    }

    private static void assertRead(long... numbers) {
        assertThat(read(written(numbers), numbers.length)).isEqualTo(numbers);
    }

    @Test
    void numbersAreRead() {
        assertRead();
        assertRead(0);
        assertRead(-1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 0);
        assertRead(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1);
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int bits = random.nextInt(64);
            long base = random.nextLong();
            LongUnaryOperator next = random.nextBoolean() ? index -> index : index -> base + index * 3;
            assertRead(LongStream.range(0, random.nextInt(50))
                    .map(next)
                    .map(number -> number + (random.nextLong() >> bits))
                    .toArray());
        }
    }

    /** As in docs/file-format.md. */
    @Test
    void theExamplesOfTheFormatAreWritten() {
        assertThat(written(1, 0, 2)).containsExactly(1, 2, 0, 4);
        assertThat(written(1, 0, -200)).containsExactly(2, 0, 0, 1, 2, 0, 0x8f);
        assertThat(written(1_000_000, 1_000_001, 1_000_000))
                .containsExactly(0x11, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 2, 1);
    }

    @Test
    void malformedStreamsAreRefused() {
        for (int mode : new int[] {0, 9, 0x0f, 0x10, 0x19, 0x21, 0x80, 0xff}) {
            byte[] stream = new byte[100];
            stream[0] = (byte) mode;
            assertThatThrownBy(() -> new NumberReader(stream, 0, stream.length, 3))
                    .as("mode " + mode)
                    .isInstanceOf(FormatException.class);
        }
        byte[] stream = written(1_000_000, 1_000_001, 1_000_000);
        for (int end = 0; end < stream.length; end++) {
            int shorter = end;
            assertThatThrownBy(() -> new NumberReader(stream, 0, shorter, 3)).isInstanceOf(FormatException.class);
        }
        for (long count : new long[] {-1, 4, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> new NumberReader(stream, 0, stream.length, count))
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void valuesOfAColumnAreRead() {
        Object[] values = {
            "ä\uD83C\uDF0A", null, 1L, -5L, 2.5, Double.NaN, "", new byte[0], new byte[] {1, 2}, "x\u0000"
        };
        ColumnWriter writer = new ColumnWriter();
        Arrays.stream(values).forEach(writer::add);
        byte[] numbers = writer.toBytes();
        byte[] texts = writer.texts();
        byte[] body = Arrays.copyOf(numbers, numbers.length + texts.length);
        System.arraycopy(texts, 0, body, numbers.length, texts.length);
        ColumnReader reader = new ColumnReader("c", body, 0, numbers.length, numbers.length, body.length);
        reader.open(values.length);
        for (Object value : values) {
            assertThat(reader.next()).isEqualTo(value);
        }
        assertThatThrownBy(reader::next).isInstanceOf(FormatException.class);
    }

    @Test
    void malformedColumnsAreRefused() {
        assertThatThrownBy(() -> opened(1, "")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "", 5)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "", -1)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "", 0, 0)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "a", 0)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "a", 3, 1, 4)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "a", 3, 1, 3)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(2, "a", 3, 3, 1, 4, 1)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> opened(1, "\u00ff", 3, 1, 2).next()).isInstanceOf(FormatException.class);
        assertThat(opened(1, "a", 3, 1, 2).next()).isEqualTo("a");
    }

    /** @param texts a character a byte */
    private static ColumnReader opened(int count, String texts, int... numbers) {
        byte[] body = new byte[numbers.length + texts.length()];
        for (int index = 0; index < numbers.length; index++) {
            body[index] = (byte) numbers[index];
        }
        byte[] bytes = texts.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, body, numbers.length, bytes.length);
        ColumnReader reader = new ColumnReader("c", body, 0, numbers.length, numbers.length, body.length);
        reader.open(count);
        return reader;
    }
}
