package dev.tidemark.engine.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;

class ValueCodecTest {
    private static byte[] raw(byte[] text) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packRawStringHeader(text.length).writePayload(text);
            return packer.toByteArray();
        }
    }

    private static Object read(byte[] packed, int limit) throws IOException {
        return ValueCodec.read(MessagePack.newDefaultUnpacker(packed), limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\0", "Zürich", "漢字", "👩‍👩‍👧", "\uFFFD", "it is \uFFFD here", "ש‏ל"})
    void aTextIsReadAsItWasWritten(String text) throws IOException {
        for (String each : new String[] {text, text.repeat(20_000)}) {
            try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
                ValueCodec.write(packer, each);
                byte[] packed = packer.toByteArray();
                assertThat(read(packed, packed.length)).isEqualTo(each);
            }
        }
    }

    @Test
    void whatIsNotUtf8IsMalformedAndNotReplaced() throws IOException {
        byte[][] malformed = {
            {(byte) 0xff},
            {'a', (byte) 0xc3},
            {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xef, (byte) 0xbf, (byte) 0xbd, (byte) 0x80},
        };
        for (byte[] text : malformed) {
            byte[] packed = raw(text);
            assertThatThrownBy(() -> read(packed, 100)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void aTextThatClaimsMoreThanThereCanBeTakesNoMemory() throws IOException {
        byte[] packed = {(byte) 0xdb, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'a'};
        assertThatThrownBy(() -> read(packed, packed.length)).isInstanceOf(FormatException.class);
        byte[] cutOff = raw("cut off".getBytes(StandardCharsets.UTF_8));
        cutOff[0]++;
        assertThatThrownBy(() -> read(cutOff, cutOff.length)).isInstanceOf(MessageInsufficientBufferException.class);
    }
}
