package dev.tidemark.engine.internal.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.MessageBuffer;

/** Encodes an SQLite value as MessagePack: nil, int, float 64, str or bin. */
public final class ValueCodec {
    /** The character that decoders put in place of malformed bytes. A valid text may contain it, too. */
    private static final char REPLACEMENT = '\uFFFD';

    private ValueCodec() {}

    public static void write(MessagePacker packer, @Nullable Object value) throws IOException {
        // Uses a chain of instanceof, because a pattern switch takes several times as long in code compiled by C1 only.
        if (value == null) {
            packer.packNil();
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof Long number) {
            packer.packLong(number);
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof byte[] bytes) {
            packer.packBinaryHeader(bytes.length);
            packer.writePayload(bytes);
        } else {
            throw new IllegalArgumentException("Not a value of SQLite: " + value.getClass());
        }
    }

    public static @Nullable Object read(MessageUnpacker unpacker) throws IOException {
        return read(unpacker, Integer.MAX_VALUE);
    }

    /** Reads a value. Throws if it is a text or blob of more than {@code limit} bytes. */
    public static @Nullable Object read(MessageUnpacker unpacker, int limit) throws IOException {
        MessageFormat format = unpacker.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case INTEGER -> unpacker.unpackLong();
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> readText(unpacker, limit);
            case BINARY -> readBytes(unpacker, limit);
            default -> throw new FormatException("expected a value of SQLite, but found " + format);
        };
    }

    /**
     * Reads a str of at most {@code limit} bytes. Takes a third of the time of {@link MessageUnpacker#unpackString},
     * which decodes every text with a {@code CharsetDecoder} to detect malformed bytes.
     */
    private static String readText(MessageUnpacker unpacker, int limit) throws IOException {
        int length = unpacker.unpackRawStringHeader();
        if (length > limit) {
            throw new FormatException("a text claims " + length + " bytes, but at most " + limit + " fit here");
        }
        MessageBuffer bytes = unpacker.readPayloadAsReference(length);
        return text(bytes.array(), bytes.arrayOffset(), length);
    }

    /** Decodes a text. Throws if the bytes are not UTF-8. */
    static String text(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, bytes, offset, offset + length)) {
                throw new FormatException("a text is not UTF-8");
            }
        }
        return text;
    }

    /** Reads a bin of at most {@code limit} bytes. Memory is allocated only for bytes that are present. */
    public static byte[] readBytes(MessageUnpacker unpacker, int limit) throws IOException {
        int length = unpacker.unpackBinaryHeader();
        if (length > limit) {
            throw new FormatException("a blob claims " + length + " bytes, but at most " + limit + " fit here");
        }
        return unpacker.readPayloadAsReference(length).toByteArray();
    }
}
